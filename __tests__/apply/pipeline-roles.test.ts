import { actionsOf } from "../../account/read/permissions";
import { SERVICES } from "../../account/read/read";
import { describeWithTools } from "../tools";
import { LocalAws } from "./harness/local-aws";
import { type Plan, resourceChanges } from "./harness/plan";
import { TerraformRoot } from "./harness/terraform";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const variables = {
  host: "github",
  repository: "acme/infrastructure",
  actions: ["ec2:DescribeVpcs", "elasticloadbalancing:CreateRule", "elasticloadbalancing:DescribeRules"],
  state: { bucket: "acme-states", key: "wallarm/terraform.tfstate" },
};

describeWithTools(["terraform", "moto_server"], "examples/pipelines/roles", () => {
  let aws: LocalAws;
  let example: TerraformRoot;
  let settled: Plan;

  beforeAll(async () => {
    aws = await LocalAws.start();
    example = await TerraformRoot.init(aws, "examples/pipelines/roles", variables);
    await example.apply();
    settled = await example.plan();
  });

  afterAll(() => aws.stop());

  const statements = (address: string, argument: string): Statement[] => {
    const { after } = settled.resource_changes?.find((change) => change.address === address)?.change ?? {};
    const policy = JSON.parse((after as Record<string, string>)[argument] ?? "") as {
      Statement: Statement | Statement[];
    };
    return [policy.Statement].flat();
  };
  const subjects = (role: string) =>
    [statements(`aws_iam_role.this["${role}"]`, "assume_role_policy")[0]?.Condition?.StringLike ?? {}].flatMap(
      (condition) => condition["token.actions.githubusercontent.com:sub"],
    );
  const actions = (role: string) =>
    statements(`aws_iam_role_policy.this["${role}"]`, "policy").flatMap(({ Action }) => Action);

  test("settles", () => {
    expect(resourceChanges(settled)).toEqual([]);
  });

  test("lets pull requests plan, and the approved environment alone apply", () => {
    expect(subjects("plan").sort()).toEqual([
      "repo:acme/infrastructure:pull_request",
      "repo:acme/infrastructure:ref:refs/heads/main",
    ]);
    expect(subjects("apply")).toEqual(["repo:acme/infrastructure:environment:wallarm-routing"]);
  });

  test("gives the planning role nothing that changes anything, not even the state", () => {
    expect(actions("plan").sort()).toEqual([
      "ec2:DescribeVpcs",
      "elasticloadbalancing:DescribeRules",
      "s3:GetObject",
      "s3:ListBucket",
    ]);
    expect(actions("apply")).toEqual(expect.arrayContaining([...variables.actions, "s3:PutObject"]));
  });

  test("lets jobs of the branch read the account, and nothing else", () => {
    expect(subjects("snapshot")).toEqual(["repo:acme/infrastructure:ref:refs/heads/main"]);
    const read = statements("aws_iam_role_policy.snapshot", "policy").flatMap(({ Action }) => Action);
    expect(read).toEqual(actionsOf(SERVICES));
  });

  test("takes the provider that the account has", async () => {
    const openid_connect_provider_arn = "arn:aws:iam::123456789012:oidc-provider/gitlab.com";
    const plan = await example.plan({ host: "gitlab", openid_connect_provider_arn });
    expect(resourceChanges(plan)).toContainEqual("delete aws_iam_openid_connect_provider.this[0]");
  });
});
