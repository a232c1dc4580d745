import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { matches } from "../../synth/variables/rules";
import { example, given, optional, Rule, string } from "../../synth/variables/schema";
import { NOT_IMPORTED } from "../parts/imported";
import { DistributionOrigins } from "./distribution-origins";
import { CACHING_DISABLED } from "./managed-policies";
import { EXAMPLE_ORIGINS, Origins } from "./origins-schema";
import { NO_UNSUPPORTED_SETTINGS } from "./unsupported-settings";

export const adoptedDistributionIdSchema = optional(
  example(
    string(
      "ID of an existing distribution whose origins the module manages. The root module needs an import block for it. It must not be in another Terraform state: in that case, its owner pastes the output cutover_origin instead.",
      matches(/^[0-9A-Z]{8,32}$/, 'be the ID of a distribution such as "E2QWRUHAPOMQZL"', {
        accepts: ["E2QWRUHAPOMQZL"],
        refuses: ["d111111abcdef8.cloudfront.net", "E2QWRUH"],
      }),
    ),
    given(
      { origins: EXAMPLE_ORIGINS, adopted_distribution_unsupported_settings: NO_UNSUPPORTED_SETTINGS },
      "E2QWRUHAPOMQZL",
    ),
  ),
);

/** What adopted_distribution_id requires of other variables. */
export function adoptedDistributionRules(origins: Origins): Rule<string>[] {
  return [
    {
      test: () => hcl`length(${origins}) > 0`,
      requirement:
        "be set together with origins: list every origin of the distribution, as it is today. The distribution would lose an origin that is not listed",
      refuses: [given({ origins: {} }, "E2QWRUHAPOMQZL")],
    },
    {
      test: () => hcl`var.new_distribution == null`,
      requirement: "be null if new_distribution is set: call the module once for each distribution",
      refuses: [
        given({ new_distribution: { default_cache_behavior: { target_origin_id: "shop" } } }, "E2QWRUHAPOMQZL"),
      ],
    },
  ];
}

export interface AdoptedDistributionProps {
  /** Or null. */
  readonly distributionId: string;
  readonly unsupportedSettings: IResolvable;
  readonly origins: Origins;
  readonly originBlocks: DistributionOrigins;
  /** In lower case. */
  readonly nodeDomainNames: IResolvable;
  readonly waitForDeployment: IResolvable;
  readonly nodeTrafficPercent: number;
  /** What must be in place before a request is sent to the node. */
  readonly dependsOn: ITerraformDependable[];
}

/** An existing distribution. The module changes only its origins. */
export class AdoptedDistribution extends Construct {
  public readonly resource: CloudfrontDistribution;

  public constructor(scope: Construct, id: string, props: AdoptedDistributionProps) {
    super(scope, id);
    const { distributionId } = props;

    this.resource = comment(
      new CloudfrontDistribution(this, "adopted", {
        count: hcl.number`${distributionId} == null ? 0 : 1`,
        enabled: false,
        waitForDeployment: hcl`${props.nodeTrafficPercent} < 100 || ${props.waitForDeployment}`,
        defaultCacheBehavior: {
          targetOriginId: NOT_IMPORTED,
          viewerProtocolPolicy: "https-only",
          allowedMethods: ["GET", "HEAD"],
          cachedMethods: ["GET", "HEAD"],
          cachePolicyId: CACHING_DISABLED,
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        origin: [],
        dependsOn: props.dependsOn,
        lifecycle: {
          preventDestroy: true,
          ignoreChanges: ALL_BUT_ORIGIN,
          postcondition: postconditions(props),
        },
      }),
      "Imported by the root module. Only the origins change, and the distribution is never deleted. The provider requires the other arguments, which are ignored after the import. At 0 percent, the apply waits for the deployment, because the import sets wait_for_deployment to true, and another value would make it an update. Without the import, AWS refuses to create this distribution, because target_origin_id names no origin.",
    );
    override(this.resource, { origin: props.originBlocks.blocks() });
  }
}

/** The arguments of aws_cloudfront_distribution that provider 5.100 knows. */
const ALL_BUT_ORIGIN = [
  "aliases",
  "comment",
  "continuous_deployment_policy_id",
  "custom_error_response",
  "default_cache_behavior",
  "default_root_object",
  "enabled",
  "http_version",
  "is_ipv6_enabled",
  "logging_config",
  "ordered_cache_behavior",
  "origin_group",
  "price_class",
  "restrictions",
  "retain_on_delete",
  "staging",
  "tags",
  "tags_all",
  "viewer_certificate",
  "web_acl_id",
];

function postconditions({
  distributionId,
  unsupportedSettings,
  origins,
  nodeDomainNames,
}: AdoptedDistributionProps): Validation[] {
  const notImported = hcl`self.default_cache_behavior[0].target_origin_id == "${NOT_IMPORTED}"`;
  const used = hcl`concat(
          self.default_cache_behavior[*].target_origin_id,
          self.ordered_cache_behavior[*].target_origin_id,
          flatten([for group in self.origin_group : group.member[*].origin_id]),
        )`;
  const missing = hcl`setsubtract(${used}, concat(keys(${origins}), self.origin_group[*].origin_id))`;
  return [
    {
      // The answer has the same ID. Referring to it keeps Terraform from planning the distribution after its refusal.
      condition: hcl`${notImported} ? false : self.id == one(${unsupportedSettings}["Id"])`,
      errorMessage: text`The distribution ${distributionId} was not imported. Add to the root module:
import {
  to = module.NAME.aws_cloudfront_distribution.adopted[0]
  id = "${distributionId}"
}
`,
    },
    {
      condition: hcl`${notImported} || length(${missing}) == 0`,
      errorMessage:
        text`origins does not list ${hcl`join(", ", ${missing})`}, which the distribution ${distributionId} uses, so ` +
        "the distribution would lose it. List every origin of the distribution, as it is today.",
    },
    {
      condition: hcl`length(setintersection(
        ${nodeDomainNames},
        concat(try([for alias in self.aliases : lower(alias)], []), [self.domain_name]),
      )) == 0`,
      errorMessage:
        text`A domain name of the node (${hcl`join(", ", ${nodeDomainNames})`}) is also one of the distribution ` +
        text`${distributionId}, so CloudFront would send requests back to itself. Use a name that only the node has.`,
    },
  ];
}
