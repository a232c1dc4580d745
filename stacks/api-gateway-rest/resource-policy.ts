/**
 * Who can call the API.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html, for
 * condition keys, apigateway-resource-policies-aws-condition-keys.html, and for the evaluation,
 * apigateway-authorization-flow.html, in the same folder; for the length,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
import { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { Validation } from "../../synth/language/expression/validation";
import { matches, wholeNumber } from "../../synth/variables/rules";
import {
  example,
  given,
  list,
  number,
  object,
  optional,
  ReferenceTo,
  Rule,
  set,
  string,
  Value,
} from "../../synth/variables/schema";
import { canonicalCidrBlock, within } from "../parts/cidr";
import { vpcId } from "../parts/identifiers";
import { RestApi } from "../parts/rest-api/api-schema";

/** CIDR blocks that no client on the internet has. Source: https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

const canonicalPublicBlock: Rule<string> = {
  ...canonicalCidrBlock,
  refuses: ["203.0.113.7", "203.0.113.9/24", "2001:DB8::/64"],
  accepts: ["203.0.113.0/24", "2001:db8::/64"],
};

const publicBlock: Rule<string> = {
  test: (cidr) =>
    hcl`!anytrue([for block in ${PRIVATE_BLOCKS} : ${within(cidr, "block")}]) && !endswith(${cidr}, "/0")`,
  requirement:
    "be a part of the public address space: API Gateway sees the public address of a client, so a private block admits no one, and /0 admits everyone",
  accepts: ["203.0.113.0/24", "11.0.0.0/8"],
  refuses: ["10.1.0.0/16", "192.168.0.0/24", "fd00::/8", "0.0.0.0/0", "::/0"],
};

/** Condition keys that only the requests of one endpoint type have. */
const PRIVATE_KEYS = "sourcevpc|sourcevpce|vpcsourceip";
const PUBLIC_KEYS = "sourceip";

/** A policy document for an example. */
function document(...statements: Readonly<Record<string, Value>>[]): string {
  return JSON.stringify({ Statement: statements });
}

const statement = string(
  "A policy document in JSON, with one or more statements.",
  {
    test: (json) => hcl`can(flatten([jsondecode(${json}).Statement])[0].Effect)`,
    requirement: "be a policy document in JSON with a Statement",
    refuses: ["policy.json", "{}"],
    accepts: [
      document({
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:Invoke",
        Resource: "execute-api:/live/DELETE/*",
      }),
    ],
  },
  {
    test: (json) => hcl`alltrue([
      for statement in try(flatten([jsondecode(${json}).Statement]), []) :
      statement.Effect != "Deny" || can(statement.Condition) ||
      !contains(["*", "{\\"AWS\\":\\"*\\"}"], try(trim(jsonencode(statement.Principal), "\\""), "")) ||
      !can(regex(
        "\\"([*]|execute-api:/[*]|arn:[^:\\"]+:execute-api:[^/\\"]*/[*])\\"",
        jsonencode(try(statement.Resource, []))
      ))
    ])`,
    requirement: "not deny everything to everyone: a Deny for every principal and resource needs a Condition",
    refuses: [
      document({ Effect: "Deny", Principal: "*", Action: "execute-api:*", Resource: "*" }),
      document({ Effect: "Deny", Principal: { AWS: "*" }, Action: "execute-api:*", Resource: ["execute-api:/*"] }),
    ],
    accepts: [
      document({
        Effect: "Deny",
        Principal: "*",
        Action: "execute-api:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ],
  },
);

export function resourcePolicySchema(restApi: RestApi) {
  const isPrivate = hcl`${restApi.endpoint_type} == "PRIVATE"`;
  return optional(
    example(
      object(
        "Who can call the API. Replaces the current policy of the API. It denies every request that does not come from one of the sources, whatever else the policy allows. Null: the policy does not change.",
        {
          source_vpc_ids: optional(
            set("IDs of the VPCs that can call a private API.", "vpc_id", string("ID.", vpcId)),
            [],
          ),
          source_vpc_endpoint_ids: optional(
            set(
              "IDs of the VPC endpoints, of any account, that can call a private API.",
              "vpc_endpoint_id",
              string(
                "ID.",
                matches(/^vpce-[0-9a-f]{8,17}$/, 'be a VPC endpoint ID such as "vpce-0123456789abcdef0"', {
                  accepts: ["vpce-0123456789abcdef0"],
                  refuses: ["vpc-0123456789abcdef0", "vpce-0a1b2c3"],
                }),
              ),
            ),
            [],
          ),
          source_cidrs: optional(
            set(
              "Public CIDR blocks of the clients that can call a Regional or edge-optimized API.",
              "cidr",
              string("CIDR block.", canonicalPublicBlock, publicBlock),
            ),
            [],
          ),
          policy_documents: optional(
            list("Your own statements, such as those of the current policy of the API.", "policy_document", statement),
            [],
          ),
          length_quota: optional(
            number(
              "The account's quota of characters in a resource policy. AWS can raise it.",
              wholeNumber(8192, 1_000_000),
            ),
            8192,
          ),
        },
        {
          test: (policy) =>
            hcl`${isPrivate} ? length(${policy.source_cidrs}) == 0 : length(${policy.source_vpc_ids}) + length(${policy.source_vpc_endpoint_ids}) == 0`,
          requirement:
            "have source_vpc_ids and source_vpc_endpoint_ids only for the endpoint type PRIVATE, and source_cidrs only for the other types: other requests do not have these values",
          refuses: [
            { source_vpc_ids: ["vpc-0123456789abcdef0"] },
            given({ rest_api: { endpoint_type: "EDGE" } }, { source_vpc_endpoint_ids: ["vpce-0123456789abcdef0"] }),
            given({ rest_api: { endpoint_type: "PRIVATE" } }, { source_cidrs: ["203.0.113.0/24"] }),
          ],
        },
        {
          test: ({ policy_documents }) =>
            hcl`length(${withConditionOn(hcl`${isPrivate} ? "${PUBLIC_KEYS}" : "${PRIVATE_KEYS}"`, policy_documents)}) == 0`,
          requirement:
            "have policy_documents that use aws:SourceVpc, aws:SourceVpce, and aws:VpcSourceIp only for the endpoint type PRIVATE, and aws:SourceIp only for the other types: other requests do not have these keys",
          refuses: [
            { policy_documents: [allowIf("aws:SourceVpce", "vpce-0123456789abcdef0")] },
            given(
              { rest_api: { endpoint_type: "PRIVATE" } },
              { source_cidrs: [], policy_documents: [allowIf("aws:SourceIp", "203.0.113.0/24")] },
            ),
          ],
          accepts: [
            { policy_documents: [allowIf("aws:SourceIp", "203.0.113.0/24")] },
            given(
              { rest_api: { endpoint_type: "PRIVATE" } },
              { source_cidrs: [], policy_documents: [allowIf("aws:SourceVpce", "vpce-0123456789abcdef0")] },
            ),
          ],
        },
        {
          test: (policy) =>
            hcl`${sourceCount(policy)} > 0 || anytrue([for statement in ${statements(policy.policy_documents)} : statement.Effect == "Allow"])`,
          requirement: "have a source, or an Allow in policy_documents: otherwise, no one can call the API",
          refuses: [
            { source_cidrs: [] },
            {
              source_cidrs: [],
              policy_documents: [
                document({
                  Effect: "Deny",
                  Principal: "*",
                  Action: "execute-api:Invoke",
                  Resource: "execute-api:/live/DELETE/*",
                }),
              ],
            },
          ],
        },
      ),
      { source_cidrs: ["203.0.113.0/24"] },
      Object.fromEntries(
        ["source_vpc_ids", "source_vpc_endpoint_ids"].map((field) => [
          field,
          given({ rest_api: { endpoint_type: "PRIVATE" } }, { source_cidrs: [] }),
        ]),
      ),
    ),
  );
}

/** A policy document for an example: an Allow with a condition on a key. */
function allowIf(key: string, value: string): string {
  const Condition = { StringEquals: { [key]: value } };
  return document({
    Effect: "Allow",
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: "execute-api:/*",
    Condition,
  });
}

type Sources = Record<"source_vpc_ids" | "source_vpc_endpoint_ids" | "source_cidrs", IResolvable>;

function sourceCount({ source_vpc_ids, source_vpc_endpoint_ids, source_cidrs }: Sources): IResolvable {
  return hcl`length(${source_vpc_ids}) + length(${source_vpc_endpoint_ids}) + length(${source_cidrs})`;
}

/** Another rule refuses a malformed document. */
function statements(documents: IResolvable): IResolvable {
  return hcl`flatten([for document in ${documents} : try(jsondecode(document).Statement, [])])`;
}

/** Documents with a condition on one of these keys. AWS ignores the case of keys. */
function withConditionOn(keys: IResolvable, documents: IResolvable): IResolvable {
  return hcl`[for document in ${documents} : document if can(regex("(?i)\\"aws:(\${${keys}})\\":", jsonencode(jsondecode(document))))]`;
}

export interface ResourcePolicyProps {
  readonly restApi: RestApi;
  /** Whether the module adopts the policy. */
  readonly adoptedResourcePolicy: IResolvable;
  readonly resourcePolicy: ReferenceTo<ReturnType<typeof resourcePolicySchema>>;
}

/** Allows everyone, and denies all but the sources: an explicit deny overrides every allow. */
export class ResourcePolicy extends Construct {
  public readonly resource: ApiGatewayRestApiPolicy;
  /** The policy in JSON, or null. */
  public readonly json: IResolvable;
  /** That AWS accepts a policy of this length. */
  public readonly lengthCondition: Validation;

  public constructor(
    scope: Construct,
    id: string,
    { restApi, adoptedResourcePolicy, resourcePolicy }: ResourcePolicyProps,
  ) {
    super(scope, id);
    const count = hcl.number`${resourcePolicy} == null ? 0 : 1`;
    const partition = new DataAwsPartition(this, "current", { count });
    const region = new DataAwsRegion(this, "current_region", { count });
    region.overrideLogicalId("current");
    const account = new DataAwsCallerIdentity(this, "current_account", { count });
    account.overrideLogicalId("current");

    const everyone = local(
      this,
      "everyone",
      hcl`{
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource = one([
          for region in ${region.fqn} :
          ${text`arn:${hcl`${partition.fqn}[0].partition`}:execute-api:${hcl`region.id`}:${hcl`${account.fqn}[0].account_id`}:${restApi.id}/*`}
        ])
      }`,
      "Every stage, method, and path of the API.",
    );
    const otherSources = local(
      this,
      "other_sources",
      hcl`{
        for operator, values in {
          StringNotEquals = {
            for key, ids in {
              "aws:SourceVpc"  = try(${resourcePolicy.source_vpc_ids}, [])
              "aws:SourceVpce" = try(${resourcePolicy.source_vpc_endpoint_ids}, [])
            } :
            key => sort(ids) if length(ids) > 0
          }
          NotIpAddress = {
            for key, cidrs in { "aws:SourceIp" = try(${resourcePolicy.source_cidrs}, []) } : key => sort(cidrs) if length(cidrs) > 0
          }
        } : operator => values if length(values) > 0
      }`,
      "IAM denies a request only if all of these conditions hold, so one accepted source is enough. These operators are negated: if a request does not have the key, the condition holds.",
    );
    this.json = local(
      this,
      "resource_policy",
      hcl`${resourcePolicy} == null ? null : jsonencode({
        Version = "2012-10-17"
        Statement = concat(
          [for statement in [merge({ Effect = "Allow" }, ${everyone})] : statement if length(${otherSources}) > 0],
          [for statement in [merge({ Effect = "Deny" }, ${everyone}, { Condition = ${otherSources} })] : statement if length(${otherSources}) > 0],
          ${statements(hcl`${resourcePolicy.policy_documents}`)}
        )
      })`,
      "An explicit deny overrides every allow, so the caller's own statements cannot admit a source that is not listed.",
    );
    const length = hcl`length(try(coalesce(${this.json}), ""))`;
    this.lengthCondition = {
      condition: hcl`${resourcePolicy} == null ? true : ${length} <= ${resourcePolicy.length_quota}`,
      errorMessage:
        text`The resource policy has ${length} characters, which is more than resource_policy.length_quota. Shorten its ` +
        "statements or combine CIDR blocks, or request a higher quota from AWS, and set it there.",
    };
    this.resource = comment(
      new ApiGatewayRestApiPolicy(this, "adopted", {
        count: when(hcl`${resourcePolicy} != null && ${adoptedResourcePolicy}`),
        restApiId: restApi.id,
        policy: hcl.string(this.json),
        lifecycle: { preventDestroy: true },
      }),
      "Imported by the root module if the API has a policy: without the import, it overwrites that policy, and no plan shows which, because no argument of the resource shows a missing import. " +
        "It is never deleted: a public API would then admit everyone, and a private API no one.",
    );
  }
}
