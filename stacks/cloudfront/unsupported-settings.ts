import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { example, given, list, map, optional, string } from "../../synth/variables/schema";
import { EXAMPLE_ORIGINS } from "./origins-schema";

/**
 * Settings of DistributionConfig that AWS provider 5.100 neither reads nor sends, by their path in the API. UpdateDistribution
 * replaces the whole configuration, so an update by the provider removes them.
 *
 * The difference between the API model of botocore 1.44.8
 * (https://github.com/boto/botocore/blob/1.44.8/botocore/data/cloudfront/2020-05-31/service-2.json.gz) and what the provider
 * sends (https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/cloudfront/distribution.go).
 * `__tests__/apply/cloudfront-unsupported.test.ts` computes it for the model of the installed SDK.
 */
export const UNSUPPORTED_SETTINGS = [
  "AnycastIpListId",
  "CacheTagConfig",
  "ConnectionFunctionAssociation",
  "ConnectionMode",
  "TenantConfig",
  "ViewerMtlsConfig",
  "OriginGroups.SelectionCriteria",
  "Origins.ResponseCompletionTimeout",
  "Origins.CustomOriginConfig.IpAddressType",
  "Origins.CustomOriginConfig.OriginHttpVersion",
  "Origins.CustomOriginConfig.OriginMtlsConfig",
  "Origins.S3OriginConfig.OriginReadTimeout",
  "Origins.VpcOriginConfig.OriginHttpVersion",
  "Origins.VpcOriginConfig.OwnerAccountId",
] as const;

/** What AWS answers about a distribution that uses none of them. */
export const NO_UNSUPPORTED_SETTINGS = {
  Id: ["E2QWRUHAPOMQZL"],
  ...Object.fromEntries(UNSUPPORTED_SETTINGS.map((name) => [name, []])),
};

/** An answer of AWS. The names come with it, so an answer to the query of an older version of the module is noticed. */
export function unsupportedSettingsSchema(adoptedDistributionId: string) {
  const ifAdopted = (condition: IResolvable) => hcl`${adoptedDistributionId} == null ? true : ${condition}`;
  const missing = (answer: IResolvable) => hcl`setsubtract(${UNSUPPORTED_SETTINGS}, keys(${answer}))`;
  const inUse = (answer: IResolvable) =>
    hcl`[for name, values in ${answer} : name if name != "Id" && try(length(values), 1) > 0]`;
  return optional(
    example(
      map(
        'Settings of the adopted distribution that the AWS provider does not know, as AWS answers the query in the README ("What adoption can reset"). An update by the provider would remove them, so the plan is refused if the distribution uses one. Save the answer in a file, and set this to jsondecode(file(…)).',
        "values",
        list(
          "Values, or IDs of the origins and origin groups that have one.",
          "value",
          example(string("Value or ID."), "E2QWRUHAPOMQZL"),
        ),
        {
          decidesOnNull: true,
          test: (answer) => ifAdopted(hcl`${answer} != null`),
          requirement:
            'be set if adopted_distribution_id is: save what AWS answers to the query in the README ("What adoption can reset", aws cloudfront get-distribution --query …), and pass it with jsondecode(file(…))',
          refuses: [null],
        },
        {
          test: (answer) => ifAdopted(hcl`try(one(${answer}["Id"]) == ${adoptedDistributionId}, false)`),
          requirement: "have the Id of adopted_distribution_id: this is the answer about another distribution",
          refuses: [{ ...NO_UNSUPPORTED_SETTINGS, Id: ["E1A2B3C4D5E6F7"] }],
        },
        {
          test: (answer) => ifAdopted(hcl`length(${missing(answer)}) == 0`),
          requirement:
            "have a key for each setting that the provider does not know: run the query in the README of this version of the module again",
          refuses: [{ Id: ["E2QWRUHAPOMQZL"] }],
          offending: (answer) => hcl`tolist(${missing(answer)})`,
        },
        {
          test: (answer) => ifAdopted(hcl`length(${inUse(answer)}) == 0`),
          requirement:
            "have empty lists, except for Id: an update by the provider would remove these settings. Set adopted_distribution_id to null, and let the owner paste the output cutover_origin into the distribution",
          refuses: [
            { ...NO_UNSUPPORTED_SETTINGS, ViewerMtlsConfig: ["required"] },
            { ...NO_UNSUPPORTED_SETTINGS, "Origins.ResponseCompletionTimeout": ["shop"] },
            // A setting that only a later version of the module asks about.
            { ...NO_UNSUPPORTED_SETTINGS, NewSetting: ["on"] },
          ],
          offending: inUse,
        },
      ),
      given({ adopted_distribution_id: "E2QWRUHAPOMQZL", origins: EXAMPLE_ORIGINS }, NO_UNSUPPORTED_SETTINGS),
    ),
  );
}
