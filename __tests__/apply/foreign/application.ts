import type { Fault, LocalAws } from "../harness/local-aws";
import type { Network, Node } from "../harness/network";
import type { TerraformRoot, Variables } from "../harness/terraform";

/** An application that somebody else runs: nothing of it is ours. */
export interface ForeignApplication {
  readonly network: Network;
  /** Where requests come in. */
  readonly entryPoints: readonly EntryPoint[];
  readonly securityGroupIds: { readonly loadBalancer: string; readonly application: string };
  /** Their targets are the application. */
  readonly targetGroupArns: readonly string[];
  readonly owner: Owner;
}

export interface EntryPoint {
  readonly type: "listener" | "distribution" | "http-api";
  /** The ARN of a listener. */
  readonly id: string;
}

/** Who manages an application: with Terraform, or a program that does so by itself. */
export interface Owner {
  /** In words, what would change if it worked now. */
  plan(): Promise<string[]>;
  /** @param change of its configuration, which stays changed */
  apply(change?: Variables): Promise<void>;
}

/** A kind of application, and how a node gets in front of it. */
export interface Kind<Application extends ForeignApplication = ForeignApplication> {
  /** What is special about it, in words. */
  readonly name: string;
  readonly create: (aws: LocalAws) => Promise<Application>;
  readonly rollout: Rollout<Application>;
}

/** The steps of a README, for one kind of application. */
export interface Rollout<Application> {
  /** A configuration in `roots/` that calls the modules. */
  readonly root: "alb" | "nlb" | "two-applications" | "cloudfront" | "backend";
  /** Its variables, beside those that every application gives it. */
  variables(application: Application): Variables;
  /** Makes what the provider would wait for, before the first apply. @default nothing */
  prepare?(aws: LocalAws, application: Application, ours: TerraformRoot): Promise<void>;
  /** Percentages on the way to 100. */
  readonly percentages: readonly number[];
  /** A call in the middle of the apply at that percentage. */
  readonly refused: Readonly<Record<number, Fault>>;
  /** What the modules refuse of it. */
  readonly refusals?: readonly Refusal<Application>[];
  /**
   * A call in the middle of the apply that adds the module network-acl. Without one, it is not added: the module does not
   * know when the owner sends all requests through the node.
   */
  readonly networkAcl?: Fault;
  /** What the owner does after each apply of ours. @default it applies what it has */
  follow?(application: Application, step: Step): Promise<void>;
  /** What the owner does before ours is destroyed. @default nothing */
  leave?(application: Application): Promise<void>;
  /** In percent, what of its requests each of its paths sends to the node. @default as its listeners say */
  shares?(aws: LocalAws, application: Application): Promise<number[]>;
  /** How ours goes. @default it is destroyed */
  destroy?(ours: TerraformRoot): Promise<void>;
}

export interface Refusal<Application> {
  readonly what: string;
  variables(application: Application): Variables;
  /** The core of the message. */
  readonly message: string;
}

/** The ACL is on one of the two subnets. */
export const SECOND_SUBNET: Fault = { service: "ec2", operation: "ReplaceNetworkAclAssociation", after: 1 };

/** Of an application behind rules of an Application Load Balancer. */
export const RULE_STEPS = {
  networkAcl: SECOND_SUBNET,
  percentages: [0, 10, 100],
  refused: {
    0: { service: "elbv2", operation: "CreateRule" },
    100: { service: "elbv2", operation: "ModifyRule" },
  },
} satisfies Partial<Rollout<ForeignApplication>>;

export interface Step {
  readonly aws: LocalAws;
  readonly percent: number;
  readonly node: Node;
  readonly ours: TerraformRoot;
}

/** The application as its load balancer sees it: `shop 10.0.10.4:8080 healthy`, sorted. */
export async function targets({ elb }: LocalAws, arns: readonly string[]): Promise<string[]> {
  const described = await Promise.all(
    arns.map(async (TargetGroupArn) => {
      const { TargetHealthDescriptions = [] } = await elb.describeTargetHealth({ TargetGroupArn });
      const [, name] = /:targetgroup\/([^/]+)/.exec(TargetGroupArn) ?? [];
      return TargetHealthDescriptions.map(
        ({ Target, TargetHealth }) => `${name} ${Target?.Id}:${Target?.Port} ${TargetHealth?.State}`,
      );
    }),
  );
  return described.flat().sort();
}
