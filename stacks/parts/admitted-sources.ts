/** Which sources of a security group are the node, and the warning about the others. */
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { object } from "../../synth/variables/schema";
import { addressesAndLengths } from "./cidr";
import { identityFields, NodeIdentity, subnetCidrsField } from "./node";

export const admittedNodeSchema = object("The Wallarm Node, which the application may admit.", {
  ...identityFields,
  subnet_cidrs: subnetCidrsField(", if the application may also admit these."),
});

/**
 * The sources that are the node alone.
 * @param sources of rules: IDs of security groups and prefix lists, and CIDR blocks
 */
export function nodeSources(
  scope: Construct,
  sources: IResolvable,
  node: Pick<NodeIdentity, "security_group_id" | "subnet_cidrs">,
): IResolvable {
  const blocks = addressesAndLengths(scope, node.subnet_cidrs);
  return local(
    scope,
    "node_sources",
    hcl`[
      for source in ${sources} : source
      if basename(source) == basename(${node.security_group_id}) || anytrue([
        for node in ${blocks} :
        try(split("/", source)[1] >= node[1] && cidrhost("\${split("/", source)[0]}/\${node[1]}", 0) == node[0], false)
      ])
    ]`,
    "The sources that are the node alone: its security group, which can be written ACCOUNT/ID if it belongs to another " +
      "account, or a CIDR block within one of the node's. A block is within another if its prefix length is not " +
      "shorter, and it begins at the same address at the other's prefix length.",
  );
}

export interface UnexpectedRules {
  /** The groups, for the message. */
  readonly subject: string;
  /** A map of the rules. */
  readonly rules: IResolvable;
  /** The rules in words, a list. */
  readonly inWords: IResolvable;
  /** What to do about them, for the message. */
  readonly fix: string;
}

export function warnAboutRules(scope: Construct, { subject, rules, inWords, fix }: UnexpectedRules): void {
  new Check(scope, "only_the_node_is_admitted", {
    condition: hcl`length(${rules}) == 0`,
    errorMessage: text`${subject} admits sources other than the node: ${hcl`join(", ", ${inWords})`}. ${fix}`,
  });
}
