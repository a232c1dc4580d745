import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API_GATEWAY_HTTP, API_GATEWAY_REST } from "../../account/schema/api-gateway";
import { CLOUDFRONT } from "../../account/schema/cloudfront";
import { AUTO_SCALING } from "../../account/schema/compute";
import type { Snapshot } from "../../account/snapshot";
import { run } from "../../cli/onboard/run";
import { IMPORTS_FILE, importsOf, servicesOf } from "../../onboard/imports/imports";
import { parsePlan } from "../../onboard/imports/plan";
import { RECIPES, WITHOUT_RECIPE } from "../../onboard/imports/recipes";
import { groupArn, ruleArn, snapshotWith } from "./support/rules";

const GROUP_RULE = {
  ...{ security_group_id: "sg-application", referenced_security_group_id: "sg-node", ip_protocol: "tcp" },
  ...{ from_port: 80, to_port: 80, description: "shop: from the Wallarm Node" },
};

const account = (Description: string): Snapshot =>
  snapshotWith([{ priority: 8, tags: [{ Key: "Name", Value: "shop-rest" }] }], (document) => {
    document.ec2?.SecurityGroupRules.push({
      ...{ SecurityGroupRuleId: "sgr-1", GroupId: "sg-application", IsEgress: false, IpProtocol: "tcp" },
      ...{ FromPort: 80, ToPort: 80, ReferencedGroupInfo: { GroupId: "sg-node" }, Description },
    });
  });

interface Sketch {
  readonly type: string;
  readonly after: object;
  readonly actions?: string[];
  readonly reason?: string;
  readonly importing?: string;
  readonly deposed?: string;
  /** Of its address. @default "a" */
  readonly key?: string;
}

interface Managed {
  readonly type?: string;
  readonly values: object;
}

const planText = (sketches: readonly Sketch[], managed: readonly (string | Managed)[] = []) =>
  JSON.stringify({
    format_version: "1.2",
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            { resources: managed.map((one) => (typeof one === "string" ? { values: { id: one } } : one)) },
          ],
        },
      },
    },
    resource_changes: sketches.map(({ type, after, actions = ["create"], reason, importing, deposed, key = "a" }) => ({
      ...{ address: `module.m.${type}.this["${key}"]`, mode: "managed", type, action_reason: reason, deposed },
      change: { actions, after, importing: importing && { id: importing } },
    })),
  });

const imports = (
  sketches: readonly Sketch[],
  from: Snapshot,
  managed: readonly (string | Managed)[] = [],
  written: string[] = [],
) => importsOf(parsePlan(planText(sketches, managed), "plan.json"), from, new Set(written));

/** All of AWS in the modules. */
const RESOURCES = readdirSync("modules", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".tf"))
  .flatMap((file) => [...readFileSync(join("modules", file), "utf8").matchAll(/^resource "(aws_\w+)".*?^}/gms)])
  .map(([text, type = ""]) => ({ type, text }));

const INGRESS = "aws_vpc_security_group_ingress_rule";
const ADDRESS = `module.m.${INGRESS}.this["a"]`;

test("each resource type of the modules has a recipe, or a reason in docs/recovery.md", () => {
  const types = RESOURCES.map(({ type }) => type);
  const known = [...Object.keys(RECIPES), ...Object.keys(WITHOUT_RECIPE)];
  expect([...new Set(known)].sort()).toEqual([...new Set(types)].sort());
  expect(known).toHaveLength(new Set(known).size);
  const page = readFileSync("docs/recovery.md", "utf8");
  // A list of types follows each reason.
  const lists = page.split(/\n\n/).map((block) => new Set(block.split("\n").map((line) => line.replace(/^- /, ""))));
  const reasons = page.split(/\n\n/).map((block) => block.replaceAll("\n", " "));
  for (const [type, reason] of Object.entries(WITHOUT_RECIPE))
    expect(lists[reasons.indexOf(reason) + 1]?.has(`\`${type}\``)).toBe(true);
});

test("a rule of a security group is imported if it is exactly the one in the plan", () => {
  const sketch = { type: INGRESS, after: GROUP_RULE };
  expect(imports([sketch], account("shop: from the Wallarm Node")).imports).toEqual([
    { address: ADDRESS, id: "sgr-1" },
  ]);
  expect(imports([sketch], account("of the owner")).imports).toEqual([]);
  const unknownPeer = { ...GROUP_RULE, referenced_security_group_id: undefined };
  expect(imports([{ type: INGRESS, after: unknownPeer }], account("shop: from the Wallarm Node")).imports).toEqual([]);
});

test("nothing that the plan does not create, or that is in the state, is imported", () => {
  const from = account("shop: from the Wallarm Node");
  const sketch = { type: INGRESS, after: GROUP_RULE };
  for (const actions of [["no-op"], ["update"], ["delete", "create"], ["read"]])
    expect(imports([{ ...sketch, actions }], from).imports).toEqual([]);
  expect(imports([sketch], from, ["sgr-1"]).imports).toEqual([]);
});

describe("a type whose ID in the state is not the one that an import takes", () => {
  const api = { ApiId: "api", Integrations: [{ IntegrationId: "i1", IntegrationUri: "arn:listener" }] };
  const from: Snapshot = {
    ...snapshotWith([], (document) => {
      document.ec2?.NetworkInterfaces.push({ NetworkInterfaceId: "eni-1", Groups: [{ GroupId: "sg-1" }] });
      const Entries = [
        { RuleNumber: 100, Egress: false, Protocol: "6", RuleAction: "allow", CidrBlock: "10.0.0.0/24" },
      ];
      document.ec2?.NetworkAcls.push({ NetworkAclId: "acl-1", Entries });
    }),
    api_gateway_http: API_GATEWAY_HTTP.parse({
      ...{ VpcLinks: [], DomainNames: [] },
      Apis: [{ ...api, Routes: [{ RouteId: "r1", RouteKey: "$default" }] }],
    }),
  };

  // The section "Import" of the type in the provider's documentation.
  test.each([
    [
      "aws_network_interface_sg_attachment",
      { network_interface_id: "eni-1", security_group_id: "sg-1" },
      { id: "sg-1_eni-1" },
      "eni-1_sg-1",
    ],
    [
      "aws_network_acl_rule",
      {
        ...{ network_acl_id: "acl-1", rule_number: 100, egress: false, protocol: "tcp", rule_action: "allow" },
        ...{ cidr_block: "10.0.0.0/24", ipv6_cidr_block: null },
      },
      { id: "nacl-1234567890", protocol: "6" },
      "acl-1:100:6:false",
    ],
    ["aws_apigatewayv2_route", { api_id: "api", route_key: "$default" }, { id: "r1" }, "api/r1"],
    [
      "aws_apigatewayv2_integration",
      {
        ...{ api_id: "api", integration_uri: "arn:listener", connection_id: null, connection_type: null },
        request_parameters: null,
      },
      { id: "i1" },
      "api/i1",
    ],
  ])("%s is imported by the latter, unless the state has it under another address", (type, after, values, id) => {
    const found = (managed: Managed[]) => imports([{ type, after }], from, managed).imports.map((one) => one.id);
    expect(found([])).toEqual([id]);
    expect(found([{ type, values: { ...after, ...values } }])).toEqual([]);
  });
});

test("the account is read for what the plan creates, and what it was not read for is named", () => {
  const types = ["aws_lb_listener_rule", INGRESS, "aws_lb", "aws_iam_role"];
  const sketches: Sketch[] = types.map((type) => ({ type, after: {} }));
  const updated = { type: "aws_cloudfront_distribution", after: {}, actions: ["update"] };
  expect(servicesOf(parsePlan(planText([...sketches, updated]), "plan.json"))).toEqual([
    "ec2",
    "elastic_load_balancing",
  ]);
  expect(servicesOf(parsePlan(planText([updated]), "plan.json"))).toEqual([]);
  const pending = { type: "aws_security_group", after: {}, actions: ["no-op"], importing: "sg-1" };
  expect(servicesOf(parsePlan(planText([pending]), "plan.json"))).toEqual(["ec2"]);
  const { unknown } = imports([{ type: INGRESS, after: GROUP_RULE }], { ...account(""), ec2: null });
  expect(unknown).toEqual([{ address: ADDRESS, reason: expect.stringContaining("without ec2") as string }]);
  expect(imports([{ type: INGRESS, after: GROUP_RULE }], account("")).unknown).toEqual([]);
});

test("a route is imported only with its tags", () => {
  const [listener] =
    account("").elastic_load_balancing?.LoadBalancers.flatMap(({ Listeners }) => Listeners ?? []) ?? [];
  const known = { listener_arn: listener?.ListenerArn, priority: 8 };
  const found = (after: object) => imports([{ type: "aws_lb_listener_rule", after }], account("")).imports;
  expect(found({ ...known, tags: { Name: "shop-rest" } })).toMatchObject([{ id: ruleArn(8) }]);
  expect(found({ ...known, tags: { Name: "other" } })).toEqual([]);
  expect(found(known)).toEqual([]);
});

describe("an Auto Scaling group", () => {
  const type = "aws_autoscaling_group";
  const made = "shop-node-20261127215546000100000001";
  const after = { name_prefix: "shop-node-", launch_template: [{ id: "lt-shop" }] };
  const having = (...names: string[]): Snapshot => {
    const LaunchTemplate = { LaunchTemplateId: "lt-shop" };
    const AutoScalingGroups = names.map((AutoScalingGroupName) => ({ AutoScalingGroupName, LaunchTemplate }));
    return { ...account(""), auto_scaling: AUTO_SCALING.parse({ AutoScalingGroups }) };
  };

  test("is imported by its prefix, what Terraform puts behind it, and its launch template", () => {
    const found = (...names: string[]) => imports([{ type, after }], having(...names)).imports;
    const others = ["shop-node-blue", "shop-node-blue-node-20261127215546000100000001"];
    expect(found(made, ...others)).toMatchObject([{ id: made }]);
    expect(found("shop-node")).toEqual([]);
  });

  test("with a name is imported by it, and one with a mixed instances policy by the template in that", () => {
    const template = { LaunchTemplateSpecification: { LaunchTemplateId: "lt-shop" } };
    const mixed = [{ AutoScalingGroupName: made, MixedInstancesPolicy: { LaunchTemplate: template } }];
    const from: Snapshot = { ...account(""), auto_scaling: AUTO_SCALING.parse({ AutoScalingGroups: mixed }) };
    const found = (planned: object) => imports([{ type, after: planned }], from).imports.map(({ id }) => id);
    const policy = (launch_template_id: string) => [
      { launch_template: [{ launch_template_specification: [{ launch_template_id }] }] },
    ];
    const { name_prefix } = after;
    expect(found({ name_prefix, mixed_instances_policy: policy("lt-shop") })).toEqual([made]);
    expect(found({ name_prefix, mixed_instances_policy: policy("lt-other") })).toEqual([]);
    expect(found({ name: made })).toEqual([made]);
  });

  test("of another state is not taken for one that a replacement has created", () => {
    const found = (launch_template: object[]) => {
      const sketch = { type, after: { ...after, launch_template }, actions: ["create", "delete"] };
      return imports([sketch], having(made)).leftovers.map(({ command }) => command);
    };
    expect(found(after.launch_template)).toEqual([
      `aws autoscaling delete-auto-scaling-group --auto-scaling-group-name ${made} --force-delete --region us-east-1`,
    ]);
    for (const other of [[{ id: "lt-other" }], [{}], []]) expect(found(other)).toEqual([]);
  });
});

test("a VPC link of a REST API is imported by its name and load balancer", () => {
  const links = [
    { id: "a1b2c3", name: "shop-wallarm", targetArns: ["arn:node"] },
    { id: "d4e5f6", name: "shop-wallarm", targetArns: ["arn:other"] },
  ];
  const api_gateway_rest = API_GATEWAY_REST.parse({ restApis: [], vpcLinks: links, domainNames: [] });
  const from: Snapshot = { ...account(""), api_gateway_rest };
  const found = (after: object) => imports([{ type: "aws_api_gateway_vpc_link", after }], from).imports;
  expect(found({ name: "shop-wallarm", target_arns: ["arn:node"] })).toMatchObject([{ id: "a1b2c3" }]);
  expect(found({ name: "shop", target_arns: ["arn:node"] })).toEqual([]);
  expect(found({ name: "shop-wallarm" })).toEqual([]);
});

test("a VPC link of an HTTP API is imported by its name, subnets, and security groups, or deleted", () => {
  const link = { Name: "shop-wallarm", SubnetIds: ["subnet-b", "subnet-a"], SecurityGroupIds: ["sg-link"] };
  const VpcLinks = [
    { ...link, VpcLinkId: "link" },
    { ...link, VpcLinkId: "of-another-call", SecurityGroupIds: ["sg-other"] },
  ];
  const api_gateway_http = API_GATEWAY_HTTP.parse({ Apis: [], VpcLinks, DomainNames: [] });
  const from: Snapshot = { ...account(""), api_gateway_http };
  const type = "aws_apigatewayv2_vpc_link";
  const after = { name: "shop-wallarm", subnet_ids: ["subnet-a", "subnet-b"], security_group_ids: ["sg-link"] };
  expect(imports([{ type, after }], from).imports).toMatchObject([{ id: "link" }]);
  for (const key of Object.keys(after)) {
    const unknown = imports([{ type, after: { ...after, [key]: undefined } }], from);
    expect(unknown).toMatchObject({ imports: [], ambiguous: [] });
  }
  const { leftovers } = imports([{ type, after, actions: ["create", "delete"] }], from);
  expect(leftovers.map(({ command }) => command)).toEqual([
    "aws apigatewayv2 delete-vpc-link --vpc-link-id link --region us-east-1",
  ]);
});

describe("of the domain of an API", () => {
  const domain_name = "clients.example.com";
  const truststore = "s3://shop-truststore/clients.pem";
  const from: Snapshot = {
    ...account(""),
    api_gateway_http: API_GATEWAY_HTTP.parse({
      ...{ Apis: [], VpcLinks: [] },
      DomainNames: [
        {
          ...{ DomainName: domain_name, MutualTlsAuthentication: { TruststoreUri: truststore } },
          ApiMappings: [
            { ApiId: "api", ApiMappingId: "root", ApiMappingKey: "", Stage: "live" },
            { ApiId: "api", ApiMappingId: "orders", ApiMappingKey: "orders/v1", Stage: "live" },
          ],
        },
      ],
    }),
    api_gateway_rest: API_GATEWAY_REST.parse({
      ...{ restApis: [], vpcLinks: [] },
      domainNames: [
        {
          ...{ domainName: domain_name, mutualTlsAuthentication: { truststoreUri: truststore } },
          basePathMappings: [
            { basePath: "(none)", restApiId: "api", stage: "live" },
            { basePath: "orders", restApiId: "api", stage: "live" },
          ],
        },
      ],
    }),
  };
  const found = (type: string, after: object) => imports([{ type, after }], from).imports.map(({ id }) => id);

  test.each(["aws_apigatewayv2_domain_name", "aws_api_gateway_domain_name"])(
    "%s is imported by its name and truststore",
    (type) => {
      const trusting = (truststore_uri: string) => ({ mutual_tls_authentication: [{ truststore_uri }] });
      expect(found(type, { domain_name, ...trusting(truststore) })).toEqual([domain_name]);
      expect(found(type, { domain_name, ...trusting("s3://shop/other.pem") })).toEqual([]);
      expect(found(type, { domain_name, mutual_tls_authentication: [] })).toEqual([]);
      expect(found(type, { domain_name: "api.example.com", ...trusting(truststore) })).toEqual([]);
    },
  );

  test("a mapping is imported by its API and path", () => {
    const http = (after: object) => found("aws_apigatewayv2_api_mapping", { domain_name, api_id: "api", ...after });
    expect(http({ api_mapping_key: null })).toEqual([`root/${domain_name}`]);
    expect(http({ api_mapping_key: "orders/v1" })).toEqual([`orders/${domain_name}`]);
    const rest = (after: object) =>
      found("aws_api_gateway_base_path_mapping", { domain_name, api_id: "api", ...after });
    expect(rest({ base_path: null })).toEqual([`${domain_name}/`]);
    expect(rest({ base_path: "orders" })).toEqual([`${domain_name}/orders`]);
    for (const mapping of [http, rest]) {
      expect(mapping({})).toEqual([]);
      expect(mapping({ api_id: "other", api_mapping_key: null, base_path: null })).toEqual([]);
    }
  });

  test("a mapping in the state is told from one that is not", () => {
    const type = "aws_apigatewayv2_api_mapping";
    const after = { domain_name, api_id: "api", api_mapping_key: null };
    expect(imports([{ type, after }], from, [{ type, values: { id: "root", domain_name } }]).imports).toEqual([]);
  });
});

describe("of CloudFront", () => {
  const arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/node/1";
  const Origins = { Items: [] };
  const from: Snapshot = {
    ...account(""),
    cloudfront: CLOUDFRONT.parse({
      ...{ ContinuousDeploymentPolicies: [], Functions: [] },
      Distributions: [
        { Id: "E1", DistributionConfig: { Comment: "shop-wallarm", Aliases: { Items: ["b.com", "a.com"] }, Origins } },
        { Id: "E2", DistributionConfig: { Comment: "shop-wallarm", Origins } },
        { Id: "E3", DistributionConfig: null },
      ],
      VpcOrigins: [
        { Id: "vo_1", VpcOriginEndpointConfig: { Name: "shop-wallarm-1a2b3c4d", Arn: arn } },
        { Id: "vo_2" },
      ],
    }),
  };
  const found = (type: string, after: object) => imports([{ type, after }], from).imports.map(({ id }) => id);

  test("a distribution is imported by its comment and all its aliases", () => {
    const type = "aws_cloudfront_distribution";
    expect(found(type, { comment: "shop-wallarm", aliases: ["a.com", "b.com"] })).toEqual(["E1"]);
    expect(found(type, { comment: "shop-wallarm", aliases: null })).toEqual(["E2"]);
    expect(found(type, { comment: "shop-wallarm", aliases: ["a.com"] })).toEqual([]);
    expect(found(type, { comment: "shop", aliases: [] })).toEqual([]);
    for (const unknown of [{ comment: "shop-wallarm" }, { aliases: null }, {}])
      expect(found(type, unknown)).toEqual([]);
  });

  test("a VPC origin is imported by its name and endpoint, and untainted, because AWS takes its name once", () => {
    const type = "aws_cloudfront_vpc_origin";
    const config = (name: string) => ({ vpc_origin_endpoint_config: [{ name, arn }] });
    expect(found(type, config("shop-wallarm-1a2b3c4d"))).toEqual(["vo_1"]);
    expect(found(type, config("shop-wallarm-00000000"))).toEqual([]);
    for (const unknown of [{}, { vpc_origin_endpoint_config: [{}] }]) expect(found(type, unknown)).toEqual([]);
    const reason = "replace_because_tainted";
    const sketch = { type, after: config("shop-wallarm-1a2b3c4d"), actions: ["create", "delete"], reason };
    expect(imports([sketch], from).tainted).toEqual([`module.m.${type}.this["a"]`]);
  });
});

test("AWS's own outbound rule of an imported group is named", () => {
  const group = { GroupId: "sg-1", GroupName: "shop", VpcId: "vpc-1", Description: "Shop" };
  const from = snapshotWith([], (document) => {
    document.ec2?.SecurityGroups.push(group);
    const rule = { GroupId: "sg-1", IsEgress: true, CidrIpv4: "0.0.0.0/0" };
    document.ec2?.SecurityGroupRules.push(
      { ...rule, SecurityGroupRuleId: "sgr-own", IpProtocol: "-1" },
      { ...rule, SecurityGroupRuleId: "sgr-https", IpProtocol: "tcp", FromPort: 443, ToPort: 443 },
    );
  });
  const after = { name: "shop", vpc_id: "vpc-1", description: "Shop", tags: null };
  const { ownOutboundRules } = imports([{ type: "aws_security_group", after }], from);
  expect(ownOutboundRules).toMatchObject([{ groupId: "sg-1", ruleId: "sgr-own" }]);
});

test("two objects that could be meant are not imported, but named", () => {
  const from = snapshotWith([], (document) => {
    for (const NetworkAclId of ["acl-1", "acl-2"]) document.ec2?.NetworkAcls.push({ NetworkAclId, VpcId: "vpc-1" });
  });
  const { imports: found, ambiguous } = imports(
    [{ type: "aws_network_acl", after: { vpc_id: "vpc-1", tags: null } }],
    from,
  );
  expect(found).toEqual([]);
  expect(ambiguous).toMatchObject([{ ids: ["acl-1", "acl-2"] }]);
});

test("an object that two addresses could have is imported for neither, and named for both", () => {
  const shop = { type: INGRESS, after: GROUP_RULE };
  const { imports: found, ambiguous } = imports(
    [
      { ...shop, key: "shop" },
      { ...shop, key: "orders" },
    ],
    account(GROUP_RULE.description),
  );
  expect(found).toEqual([]);
  expect(ambiguous.map(({ ids }) => ids)).toEqual([["sgr-1"], ["sgr-1"]]);
});

test("integrations that are the same have any of the addresses, if there are not more of them", () => {
  const same = { ConnectionId: "vpclink", ConnectionType: "VPC_LINK", IntegrationUri: "arn:aws:listener" };
  const after = {
    ...{ api_id: "api", connection_id: "vpclink", connection_type: "VPC_LINK", integration_uri: "arn:aws:listener" },
    request_parameters: {},
  };
  const type = "aws_apigatewayv2_integration";
  const found = (count: number) => {
    const Integrations = Array.from({ length: count }, (_, index) => ({ ...same, IntegrationId: `i${index}` }));
    const Apis = [{ ApiId: "api", Integrations }];
    const api_gateway_http = API_GATEWAY_HTTP.parse({ Apis, VpcLinks: [], DomainNames: [] });
    const { imports: ready, ambiguous } = imports(
      [
        { type, after, key: "shop" },
        { type, after, key: "orders" },
      ],
      { ...account(""), api_gateway_http },
    );
    return {
      ids: ready.map(({ address, id }) => `${/\["(.*)"\]/.exec(address)?.[1]}: ${id}`),
      ambiguous: ambiguous.length,
    };
  };
  expect(found(1)).toEqual({ ids: ["shop: api/i0"], ambiguous: 0 });
  expect(found(2)).toEqual({ ids: ["shop: api/i0", "orders: api/i1"], ambiguous: 0 });
  expect(found(3)).toEqual({ ids: [], ambiguous: 2 });
});

test("integrations of one listener are told apart by their parameters", () => {
  const common = { ConnectionId: "vpclink", ConnectionType: "VPC_LINK", IntegrationUri: "arn:aws:listener" };
  const parameters = { path: "$request.path", "legacy-path": "digest:0123456789abcdef/23" };
  const from: Snapshot = {
    ...account(""),
    api_gateway_http: API_GATEWAY_HTTP.parse({
      ...{ VpcLinks: [], DomainNames: [] },
      Apis: [
        {
          ApiId: "api",
          Integrations: Object.entries(parameters).map(([IntegrationId, path]) => ({
            ...{ ...common, IntegrationId, RequestParameters: { "overwrite:path": path } },
          })),
        },
      ],
    }),
  };
  const found = (request_parameters?: object) => {
    const after = { api_id: "api", connection_id: "vpclink", connection_type: "VPC_LINK", request_parameters };
    const sketch = { type: "aws_apigatewayv2_integration", after: { ...after, integration_uri: "arn:aws:listener" } };
    return imports([sketch], from).imports.map(({ id }) => id);
  };
  expect(found({ "overwrite:path": "$request.path" })).toEqual(["api/path"]);
  expect(found({ "overwrite:path": "/v1/$request.path.proxy" })).toEqual(["api/legacy-path"]);
  expect(found({ "overwrite:path": "$request.path.proxy" })).toEqual([]);
  expect(found({})).toEqual([]);
  expect(found(undefined)).toEqual([]);
});

test("what a replacement has created, and the state does not have, is named with the command that deletes it", () => {
  const arn = groupArn("shop");
  const group = account("").elastic_load_balancing?.TargetGroups.find((one) => one.TargetGroupArn === arn);
  const after = { name: "shop", vpc_id: group?.VpcId };
  const found = (sketch: Partial<Sketch>, managed: string[] = []) => {
    const replacing = { type: "aws_lb_target_group", after, actions: ["create", "delete"], ...sketch };
    expect(imports([replacing], account(""), managed).imports).toEqual([]);
    return imports([replacing], account(""), managed).leftovers.map(({ command }) => command);
  };
  expect(found({ reason: "replace_because_cannot_update" })).toEqual([
    `aws elbv2 delete-target-group --target-group-arn ${arn} --region us-east-1`,
  ]);
  expect(found({ reason: "replace_because_tainted" })).toEqual([]);
  expect(found({}, [arn])).toEqual([]);
  expect(found({ actions: ["delete", "create"] })).toEqual([]);
  expect(found({ after: { ...after, name: "shop-2" } })).toEqual([]);
  const rule = { type: INGRESS, after: GROUP_RULE, actions: ["create", "delete"] };
  const ofRule = imports([rule], account("shop: from the Wallarm Node"));
  expect(ofRule).toMatchObject({
    imports: [],
    leftovers: [
      {
        command:
          "aws ec2 revoke-security-group-ingress --group-id sg-application --security-group-rule-ids sgr-1 --region us-east-1",
      },
    ],
  });
  expect(imports([rule], { ...account(""), ec2: null }).unknown).toMatchObject([{ address: ADDRESS }]);
  const interfaces = snapshotWith([], (document) => {
    const Groups = ["sg-own", "sg-cloudfront", "sg-other"].map((GroupId) => ({ GroupId }));
    document.ec2?.NetworkInterfaces.push({ NetworkInterfaceId: "eni-new", Groups });
  });
  const attachment = { network_interface_id: "eni-new", security_group_id: "sg-cloudfront" };
  const type = "aws_network_interface_sg_attachment";
  expect(imports([{ type, after: attachment, actions: ["create", "delete"] }], interfaces)).toMatchObject({
    imports: [],
    leftovers: [
      {
        command:
          "aws ec2 modify-network-interface-attribute --network-interface-id eni-new --groups sg-own sg-other --region us-east-1",
      },
    ],
  });
  expect(
    imports([{ type: "aws_launch_template", after: {}, actions: ["create", "delete"] }], account("")),
  ).toMatchObject({
    leftovers: [],
    unknown: [{ reason: WITHOUT_RECIPE.aws_launch_template }],
  });
  const interrupted = [
    { type: "aws_lb_target_group", after },
    { type: "aws_lb_target_group", after: {}, actions: ["delete"], deposed: "1a2b3c4d" },
  ];
  expect(imports(interrupted, account(""))).toMatchObject({ imports: [], leftovers: [{ id: arn }] });
  const plan = parsePlan(
    planText([{ type: "aws_lb_target_group", after, actions: ["create", "delete"] }]),
    "plan.json",
  );
  expect(servicesOf(plan)).toEqual(["elastic_load_balancing"]);
});

test("a security group that a replacement has created is named, unless something has it, or it has rules", () => {
  const made = { GroupId: "sg-made", GroupName: "shop-20261127215546000100000001", VpcId: "vpc-1" };
  const after = { name_prefix: "shop-", vpc_id: "vpc-1", description: "Shop", tags: null };
  const found = (change: (document: Snapshot) => void = () => undefined) => {
    const from = snapshotWith([], (document) => {
      document.ec2?.SecurityGroups.push({ ...made, Description: "Shop" });
      change(document);
    });
    const { leftovers } = imports([{ type: "aws_security_group", after, actions: ["create", "delete"] }], from);
    return leftovers.map(({ command }) => command);
  };
  const rule = { SecurityGroupRuleId: "sgr-1", GroupId: "sg-made", CidrIpv4: "0.0.0.0/0" };
  const deletes = ["aws ec2 delete-security-group --group-id sg-made --region us-east-1"];
  expect(found()).toEqual(deletes);
  expect(found(({ ec2 }) => ec2?.SecurityGroupRules.push({ ...rule, IsEgress: true, IpProtocol: "-1" }))).toEqual(
    deletes,
  );
  expect(found(({ ec2 }) => ec2?.SecurityGroupRules.push({ ...rule, IsEgress: false, IpProtocol: "tcp" }))).toEqual([]);
  const Groups = [{ GroupId: "sg-made" }];
  expect(found(({ ec2 }) => ec2?.NetworkInterfaces.push({ NetworkInterfaceId: "eni-1", Groups }))).toEqual([]);
});

test("a tainted target group or load balancer is named, and a block that is not applied yet stays", () => {
  const tainted = { type: "aws_lb_target_group", after: {}, actions: ["create", "delete"] };
  const { tainted: named } = imports([{ ...tainted, reason: "replace_because_tainted" }], account(""));
  expect(named).toEqual(['module.m.aws_lb_target_group.this["a"]']);
  for (const type of ["aws_lb", "aws_lb_target_group_attachment", "aws_autoscaling_attachment"]) {
    const unique = { ...tainted, type, reason: "replace_because_tainted" };
    expect(imports([unique], account("")).tainted).toEqual([`module.m.${type}.this["a"]`]);
  }
  // A rule that AWS made remains in it: Terraform replaces it.
  const group = { ...tainted, type: "aws_security_group", reason: "replace_because_tainted" };
  expect(imports([group], account("")).tainted).toEqual([]);
  const pending = { type: INGRESS, after: GROUP_RULE, actions: ["no-op"], importing: "sgr-1" };
  expect(imports([pending], account(""), [], [ADDRESS]).imports).toEqual([{ address: ADDRESS, id: "sgr-1" }]);
  expect(imports([pending], account("")).imports).toEqual([]);
});

test("a tainted one of what AWS takes only once is named, and of what has a name that Terraform makes up, not", () => {
  const isNamed = (type: string) => {
    const sketch = { type, after: {}, actions: ["create", "delete"], reason: "replace_because_tainted" };
    return imports([sketch], account("")).tainted.length > 0;
  };
  for (const { type, text } of RESOURCES)
    if (isNamed(type)) expect(text).not.toMatch(/^ {2}(name|bucket)_prefix/m);
    // A key, a VPC link, and a saved query can have the name of another one.
    else if (!/_(key|vpc_link|query_definition)$/.test(type)) expect(text).not.toMatch(/^ {2}name /m);
  // Created twice, it is the same: the nodes would be without permissions until the next apply.
  expect(isNamed("aws_iam_role_policy")).toBe(true);
  expect(isNamed("aws_of_the_owner")).toBe(false);
});

describe("onboard --imports", () => {
  const folder = mkdtempSync(join(tmpdir(), "imports-"));
  const files = { plan: join(folder, "plan.json"), snapshot: [join(folder, "snapshot.json")], imports: folder };
  const lines: string[] = [];

  beforeEach(() => {
    lines.length = 0;
    jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("writes the blocks, and says what else is to do", async () => {
    const arn = groupArn("shop");
    const name = "shop";
    const from = account("shop: from the Wallarm Node");
    const group = from.elastic_load_balancing?.TargetGroups.find((one) => one.TargetGroupArn === arn);
    writeFileSync(files.snapshot[0] ?? "", JSON.stringify(from));
    writeFileSync(
      files.plan,
      planText([
        { type: INGRESS, after: GROUP_RULE },
        { type: "aws_lb_target_group", after: { name, vpc_id: group?.VpcId } },
        { type: "aws_iam_role", after: {} },
      ]),
    );
    expect(await run(undefined, undefined, files)).toBe(0);
    const text = readFileSync(join(folder, IMPORTS_FILE), "utf8");
    expect(text).toContain(`import {\n  to = ${ADDRESS}\n  id = "sgr-1"\n}\n`);
    expect(text).toContain(`id = "${arn}"`);
    expect(lines).toContain("2 of the objects that the plan would create exist already.");
    expect(lines.join("\n")).toContain('not looked for: module.m.aws_iam_role.this["a"].');
    expect(lines.join("\n")).toContain("to do: plan, and run this command again.");
  });

  test("ends the repetition when it finds no more", async () => {
    writeFileSync(files.plan, planText([{ type: INGRESS, after: GROUP_RULE, actions: ["no-op"], importing: "sgr-1" }]));
    expect(await run(undefined, undefined, files)).toBe(0);
    expect(lines).toContain("1 of the objects that the plan would create exist already.");
    expect(lines.join("\n")).not.toContain("run this command again");
  });

  test("removes the file when nothing is left to import", async () => {
    writeFileSync(files.plan, planText([]));
    expect(await run(undefined, undefined, files)).toBe(0);
    expect(readdirSync(folder)).not.toContain(IMPORTS_FILE);
  });

  test("prints commands for the Region and the profile of the account, and the role that it was read with", async () => {
    const from = account("shop: from the Wallarm Node");
    writeFileSync(files.snapshot[0] ?? "", JSON.stringify({ ...from, region: "eu-west-1" }));
    writeFileSync(files.plan, planText([{ type: INGRESS, after: GROUP_RULE, actions: ["create", "delete"] }]));
    const roleArn = "arn:aws:iam::123456789012:role/network";
    expect(await run(undefined, undefined, { ...files, profile: "shop", roleArn })).toBe(0);
    expect(lines).toContain(
      `to do: with the role ${roleArn}: aws ec2 revoke-security-group-ingress --group-id sg-application --security-group-rule-ids sgr-1 --region eu-west-1 --profile 'shop'`,
    );
    expect(await run(undefined, undefined, files)).toBe(0);
    expect(lines.at(-1)).toBe(
      "to do: aws ec2 revoke-security-group-ingress --group-id sg-application --security-group-rule-ids sgr-1 --region eu-west-1",
    );
    writeFileSync(files.snapshot[0] ?? "", JSON.stringify(from));
  });

  test("touches no file that it did not write", async () => {
    const path = join(folder, IMPORTS_FILE);
    const own = 'import {\n  to = aws_vpc.main\n  id = "vpc-1"\n}\n';
    writeFileSync(path, own);
    writeFileSync(files.plan, planText([]));
    await expect(run(undefined, undefined, files)).rejects.toThrow(`${IMPORTS_FILE} is there`);
    expect(readFileSync(path, "utf8")).toBe(own);
    rmSync(path);
  });

  test("refuses what is no plan, and a missing plan", async () => {
    writeFileSync(files.plan, "Terraform will perform the following actions");
    await expect(run(undefined, undefined, files)).rejects.toThrow("is not a plan in JSON.");
    await expect(run(undefined, undefined, { imports: folder })).rejects.toThrow("Set --plan");
  });
});
