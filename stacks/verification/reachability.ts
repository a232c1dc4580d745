import { Ec2NetworkInsightsAnalysis } from "@cdktf/provider-aws/lib/ec2-network-insights-analysis";
import { Ec2NetworkInsightsPath } from "@cdktf/provider-aws/lib/ec2-network-insights-path";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { matches } from "../../synth/variables/rules";
import { example, given, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { Application, SharedProps } from "./contract-schema";

const internetGatewayId = matches(/^igw-[0-9a-f]{8,17}$/, 'be an internet gateway ID such as "igw-0123456789abcdef0"', {
  accepts: ["igw-0123456789abcdef0", "igw-0a1b2c3d"],
  refuses: ["shop", "igw-0a1b2c3", "igw-0123456789abcdef01"],
});

/** The variable `reachability`. */
export function reachabilitySchema(application: Application) {
  return optional(
    example(
      object(
        "Checks with Reachability Analyzer that no path exists from the internet gateway to application.network_interface_ids on each port. AWS charges for each analysis. Null: no check.",
        {
          internet_gateway_id: string("ID of the VPC's internet gateway.", internetGatewayId),
          run: optional(string("A new value starts new analyses, such as a date, a version, or a ticket."), "1"),
        },
        {
          test: () => hcl`length(${application.network_interface_ids}) > 0`,
          requirement: "be set together with application.network_interface_ids, the destinations of the analysis",
          refuses: [given({ application: { network_interface_ids: {} } }, {})],
        },
      ),
      given({ application: { network_interface_ids: { a: "eni-0123456789abcdef0" } } }, {}),
    ),
  );
}

export interface ReachabilityProps extends SharedProps {
  readonly reachability: ReferenceTo<ReturnType<typeof reachabilitySchema>>;
}

/** Looks for a path from the internet to the application. */
export class Reachability extends Construct {
  /** Whether a path exists, by network interface and port. */
  public readonly found: IResolvable;

  public constructor(
    scope: Construct,
    id: string,
    { name, tags, routing, application, reachability }: ReachabilityProps,
  ) {
    super(scope, id);
    const paths = local(
      this,
      "internet_paths",
      hcl`{
        for pair in setproduct(keys(${application.network_interface_ids}), try(${routing.application.ports}, [])) :
        join("-", pair) => { network_interface_id = ${application.network_interface_ids}[pair[0]], port = tonumber(pair[1]) }
        if ${reachability} != null
      }`,
    );
    const path = comment(
      new Ec2NetworkInsightsPath(this, "from_the_internet", {
        forEach: forEach(paths),
        source: reachability.internet_gateway_id,
        destination: hcl.string`each.value.network_interface_id`,
        destinationPort: hcl.number`each.value.port`,
        protocol: "tcp",
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
      }),
      "A path is only a definition. AWS charges for each analysis of it (https://aws.amazon.com/vpc/pricing/).",
    );
    const run = comment(
      new TerraformResource(this, "reachability_run", {
        terraformResourceType: "terraform_data",
        count: when(hcl`${reachability} != null`),
      }),
      "An analysis shows the network at one moment. A new value of reachability.run starts new analyses.",
    );
    override(run, { input: reachability.run });
    const analysis = new Ec2NetworkInsightsAnalysis(this, "way_from_the_internet", {
      forEach: forEach(hcl`${path.fqn}`),
      networkInsightsPathId: hcl.string`each.value.id`,
      waitForCompletion: true,
      tags: hcl.map(tags),
      // An address, not an expression.
      lifecycle: { replaceTriggeredBy: [`${run.terraformResourceType}.${run.node.id}`] },
    });
    this.found = hcl`{ for key, analysis in ${analysis.fqn} : key => analysis.path_found }`;
    const list = hcl`[for key, analysis in ${analysis.fqn} : "\${key} (\${analysis.id})" if analysis.path_found]`;
    new Check(this, "no_path_from_the_internet_to_the_application", {
      condition: hcl`length([for analysis in values(${analysis.fqn}) : analysis if analysis.path_found]) == 0`,
      errorMessage:
        text`Paths exist from ${hcl`try(${reachability.internet_gateway_id}, "")`} to the application: ` +
        text`${hcl`join(", ", ${list})`}. Each analysis shows the hops and the rules that allow the path.`,
    });
  }
}
