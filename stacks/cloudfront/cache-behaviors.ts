import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";

export interface CacheBehaviorsProps {
  /** At most one of the two is there. */
  readonly adopted: CloudfrontDistribution;
  readonly created: CloudfrontDistribution;
  /** By origin ID, who answers now. */
  readonly servedBy: IResolvable;
  readonly nodeTrafficPercent: number;
}

/** Where the requests of each cache behaviour end, and a warning for as long as some of them go around the node. */
export class CacheBehaviors extends Construct {
  /** Objects with path_pattern, target_origin_id and served_by, first match first, the default last. */
  public readonly all: IResolvable;

  public constructor(
    scope: Construct,
    id: string,
    { adopted, created, servedBy, nodeTrafficPercent }: CacheBehaviorsProps,
  ) {
    super(scope, id);
    const blocks = (name: string) => hcl`flatten(concat(${adopted.fqn}[*].${name}, ${created.fqn}[*].${name}))`;

    const servedByTarget = local(
      this,
      "served_by_target",
      hcl`merge(${servedBy}, {
        for group in ${blocks("origin_group")} :
        group.origin_id => join(" or ", distinct([for id in group.member[*].origin_id : ${servedBy}[id]]))
      })`,
      "If the first origin of a group fails, the second one answers. Either can bypass the node.",
    );
    this.all = local(
      this,
      "cache_behaviors",
      hcl`[
        for behavior in concat(
          [for one in ${blocks("ordered_cache_behavior")} : { path_pattern = one.path_pattern, target_origin_id = one.target_origin_id }],
          [for one in ${blocks("default_cache_behavior")} : { path_pattern = "*", target_origin_id = one.target_origin_id }],
        ) : merge(behavior, { served_by = lookup(${servedByTarget}, behavior.target_origin_id, null) })
      ]`,
      "In the order in which CloudFront matches them. The default cache behavior is the last.",
    );
    const past = local(
      this,
      "origins_past_the_node",
      hcl`[for id, server in ${servedBy} : id if server == "application"]`,
    );
    const patterns = hcl`[for behavior in ${this.all} : behavior.path_pattern if try(strcontains(behavior.served_by, "application"), false)]`;
    new Check(this, "no_origin_leads_past_the_node", {
      condition: hcl`${nodeTrafficPercent} < 100 || length(${past}) == 0`,
      errorMessage:
        text`These origins still lead to the application past the node: ${hcl`join(", ", ${past})`} (cache ` +
        text`behaviours: ${hcl`join(", ", ${patterns})`}). Set their served_by to "node", or to "other" where it ` +
        "is not the application that answers.",
    });
  }
}
