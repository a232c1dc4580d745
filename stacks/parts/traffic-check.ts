import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { Check } from "../../synth/language/expression/check";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";

/** The check's name. */
export const NOT_ALL_TRAFFIC = "all_traffic_passes_the_node";

/** Warns at every plan and apply while some requests bypass the node. */
export class TrafficCheck extends Check {
  public constructor(scope: Construct, nodeTrafficPercent: number) {
    super(scope, NOT_ALL_TRAFFIC, {
      condition: hcl`${nodeTrafficPercent} == 100`,
      errorMessage:
        text`node_traffic_percent is ${nodeTrafficPercent}, so the remaining traffic bypasses the Wallarm Node. Set ` +
        "it to 100 for the cutover.",
    });
    comment(this, "A check only warns, because less than 100 percent is a normal step of the cutover.");
  }
}
