/**
 * Who may call the API.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html, on what
 * can be looked at apigateway-resource-policies-aws-condition-keys.html, and on verdicts
 * apigateway-authorization-flow.html, beside it
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
import { matches } from "../../synth/variables/rules";
import { list, object, optional, ReferenceTo, Rule, set, string } from "../../synth/variables/schema";
import { canonicalCidrBlock, within } from "../parts/cidr";
import { vpcId } from "../parts/identifiers";
import { Adopt, RestApi } from "../parts/rest-api/api-schema";

/** Blocks that no client on the internet has. Source: https://www.iana.org/assignments/iana-ipv4-special-registry */
const PRIVATE_BLOCKS = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

const publicBlock: Rule<string> = {
  test: (cidr) =>
    hcl`!anytrue([for block in ${JSON.stringify(PRIVATE_BLOCKS)} : ${within(cidr, "block")}]) && !endswith(${cidr}, "/0")`,
  requirement:
    "be a part of the internet: API Gateway sees the public address of a client, so that a private block admits nobody, and a whole one everybody",
};

/** Keys that are in the requests of one kind of endpoint alone. */
const PRIVATE_KEYS = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];
const PUBLIC_KEYS = ["aws:sourceip"];

const statement = string(
  "A policy document, in JSON, with one or several statements.",
  {
    test: (json) => hcl`can(flatten([jsondecode(${json}).Statement])[0].Effect)`,
    requirement: "be a policy document in JSON with a Statement",
  },
  {
    test: (json) => hcl`alltrue([
      for statement in try(flatten([jsondecode(${json}).Statement]), []) :
      statement.Effect != "Deny" || can(statement.Condition) || !contains(["*", "{\\"AWS\\":\\"*\\"}"], try(trim(jsonencode(statement.Principal), "\\""), ""))
      || !anytrue([for resource in flatten([try(statement.Resource, [])]) : can(regex("^([*]|execute-api:/[*]|arn:[^:]+:execute-api:[^/]*/[*])$", resource))])
    ])`,
    requirement: "not deny everybody everything: a Deny for every principal and resource needs a Condition",
  },
);

export function resourcePolicySchema(restApi: RestApi) {
  const isPrivate = hcl`${restApi.endpoint_type} == "PRIVATE"`;
  return optional(
    object(
      "Who may call the API; it takes the place of the API's policy of today. Who is not named in a source is refused, whatever else the policy allows. Null: the policy is left alone.",
      {
        source_vpc_ids: optional(
          set("IDs of the VPCs that may call a private API.", "vpc_id", string("ID.", vpcId)),
          [],
        ),
        source_vpc_endpoint_ids: optional(
          set(
            "IDs of the VPC endpoints, of any account, that may call a private API.",
            "vpc_endpoint_id",
            string("ID.", matches(/^vpce-[0-9a-f]{8,17}$/, 'be a VPC endpoint id such as "vpce-0123456789abcdef0"')),
          ),
          [],
        ),
        source_cidrs: optional(
          set(
            "CIDR blocks, in public addresses, of the clients that may call a regional or edge-optimized API.",
            "cidr",
            string("Block.", canonicalCidrBlock, publicBlock),
          ),
          [],
        ),
        policy_documents: optional(
          list("Statements of your own, such as those of the API's policy of today.", "policy_document", statement),
          [],
        ),
      },
      {
        test: (policy) =>
          hcl`${isPrivate} ? length(${policy.source_cidrs}) == 0 : length(${policy.source_vpc_ids}) + length(${policy.source_vpc_endpoint_ids}) == 0`,
        requirement:
          "have source_vpc_ids and source_vpc_endpoint_ids for the endpoint type PRIVATE, source_cidrs for the others: requests to another one have none of these",
        received: ({ source_vpc_ids, source_vpc_endpoint_ids, source_cidrs }) =>
          hcl`{ endpoint_type = ${restApi.endpoint_type}, source_vpc_ids = ${source_vpc_ids}, source_vpc_endpoint_ids = ${source_vpc_endpoint_ids}, source_cidrs = ${source_cidrs} }`,
      },
      {
        test: ({ policy_documents }) =>
          hcl`length(setintersection(${conditionKeys(policy_documents)}, ${isPrivate} ? ${JSON.stringify(PUBLIC_KEYS)} : ${JSON.stringify(PRIVATE_KEYS)})) == 0`,
        requirement:
          "have policy_documents that look at aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp for the endpoint type PRIVATE alone, at aws:SourceIp for the others alone: requests to another one have none of these",
        received: ({ policy_documents }) =>
          hcl`{ endpoint_type = ${restApi.endpoint_type}, keys = ${conditionKeys(policy_documents)} }`,
      },
      {
        test: (policy) =>
          hcl`${sourceCount(policy)} > 0 || anytrue([for statement in ${statements(policy.policy_documents)} : statement.Effect == "Allow"])`,
        requirement: "have a source, or an Allow in policy_documents: without one, everybody is locked out",
        received: ({ policy_documents }) => policy_documents,
      },
    ),
  );
}

type Sources = Record<"source_vpc_ids" | "source_vpc_endpoint_ids" | "source_cidrs", IResolvable>;

function sourceCount({ source_vpc_ids, source_vpc_endpoint_ids, source_cidrs }: Sources): IResolvable {
  return hcl`length(${source_vpc_ids}) + length(${source_vpc_endpoint_ids}) + length(${source_cidrs})`;
}

/** A document that is none is refused elsewhere. */
function statements(documents: IResolvable): IResolvable {
  return hcl`flatten([for document in ${documents} : try(jsondecode(document).Statement, [])])`;
}

/** The keys that conditions look at, in lower case: AWS does not tell the cases apart. */
function conditionKeys(documents: IResolvable): IResolvable {
  return hcl`distinct(flatten([
    for statement in ${statements(documents)} : [for operator, keys in try(statement.Condition, {}) : [for key in keys(keys) : lower(key)]]
  ]))`;
}

export interface ResourcePolicyProps {
  readonly restApi: RestApi;
  readonly adopt: Adopt;
  readonly resourcePolicy: ReferenceTo<ReturnType<typeof resourcePolicySchema>>;
}

/** Everybody is allowed, and all but the sources denied: a Deny counts whatever else is allowed. */
export class ResourcePolicy extends Construct {
  public readonly resource: ApiGatewayRestApiPolicy;
  /** The policy in JSON, or null. */
  public readonly json: IResolvable;

  public constructor(scope: Construct, id: string, { restApi, adopt, resourcePolicy }: ResourcePolicyProps) {
    super(scope, id);
    const count = hcl.number`${resourcePolicy} == null ? 0 : 1`;
    const partition = new DataAwsPartition(this, "current", { count });
    const region = new DataAwsRegion(this, "current_region", { count });
    region.overrideLogicalId("current");
    const account = new DataAwsCallerIdentity(this, "current_account", { count });
    account.overrideLogicalId("current");

    const everybody = local(
      this,
      "everybody",
      hcl`{
        Principal = "*"
        Action    = "execute-api:Invoke"
        Resource  = ${resourcePolicy} == null ? null : ${text`arn:${hcl`${partition.fqn}[0].partition`}:execute-api:${hcl`${region.fqn}[0].id`}:${hcl`${account.fqn}[0].account_id`}:${restApi.id}/*`}
      }`,
      "Every stage, method, and path of the API.",
    );
    const elsewhere = local(
      this,
      "from_elsewhere",
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
          [for statement in [merge({ Effect = "Allow" }, ${everybody})] : statement if length(${elsewhere}) > 0],
          [for statement in [merge({ Effect = "Deny" }, ${everybody}, { Condition = ${elsewhere} })] : statement if length(${elsewhere}) > 0],
          ${statements(hcl`${resourcePolicy.policy_documents}`)}
        )
      })`,
      "An explicit deny overrides every allow, so the caller's own statements cannot admit a source that is not listed.",
    );
    this.resource = comment(
      new ApiGatewayRestApiPolicy(this, "adopted", {
        count: when(hcl`${resourcePolicy} != null && ${adopt.resource_policy}`),
        restApiId: restApi.id,
        policy: hcl.string(this.json),
        lifecycle: { preventDestroy: true },
      }),
      "Imported by the root module if the API has a policy: without the import, it overwrites that policy. " +
        "It is never deleted: a public API would then admit everybody, and a private API nobody.",
    );
  }
}
