import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";

export interface CacheBehaviorsProps {
  /** At most one of the two exists. */
  readonly adopted: CloudfrontDistribution;
  readonly created: CloudfrontDistribution;
  /** By origin ID, who answers now. */
  readonly servedBy: IResolvable;
  readonly nodeTrafficPercent: number;
}

/** Who answers the requests of each cache behavior, and a warning while some of them bypass the node. */
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
          [for block in ${blocks("ordered_cache_behavior")} : { path_pattern = block.path_pattern, target_origin_id = block.target_origin_id }],
          [for block in ${blocks("default_cache_behavior")} : { path_pattern = "*", target_origin_id = block.target_origin_id }],
        ) : merge(behavior, { served_by = lookup(${servedByTarget}, behavior.target_origin_id, null) })
      ]`,
      "In the order in which CloudFront matches them. The default cache behavior is the last.",
    );
    const bypassing = local(
      this,
      "bypassing_origins",
      hcl`[for id, server in ${servedBy} : id if server == "application"]`,
    );
    const patterns = local(
      this,
      "bypassing_path_patterns",
      hcl`[for behavior in ${this.all} : behavior.path_pattern if try(strcontains(behavior.served_by, "application"), false)]`,
    );
    new Check(this, "no_origin_bypasses_the_node", {
      condition: hcl`${nodeTrafficPercent} < 100 || length(${bypassing}) == 0`,
      errorMessage:
        text`These origins bypass the node: ${hcl`join(", ", ${bypassing})`} (cache behaviors: ` +
        text`${hcl`join(", ", ${patterns})`}). Set their served_by to "node", or to "other" if they do not serve the ` +
        "application.",
    });
  }
}
