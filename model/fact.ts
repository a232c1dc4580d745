/** A fact on a path, and where it was read. */
export interface Fact {
  readonly words: string;
  readonly resource: string;
  /** IAM action that read it, such as "ec2:DescribeNetworkAcls", or "planned by aws_network_acl.a". */
  readonly action: string;
}

/** What the snapshot does not say, and would have to. */
export interface Unknown {
  readonly words: string;
  readonly resource: string | null;
  readonly action: string | null;
}
