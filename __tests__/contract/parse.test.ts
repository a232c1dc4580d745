import type { Field } from "../../contract/field";
import { ContractError, parseRouting } from "../../contract/parse";
import { ROUTING } from "../../contract/routing";

const targetGroup = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/node/6d0ecf831eec9f09";

/** As a module of version 1 writes it. */
const document = {
  schema_version: 1,
  scenario: "alb",
  name: "shop",
  account_id: "123456789012",
  region: "eu-central-1",
  vpc_id: "vpc-0123456789abcdef0",
  node: {
    security_group_id: "sg-00000000000000002",
    subnet_cidrs: ["10.0.1.0/24"],
    target_group_arn: targetGroup,
    port: 80,
    protocol: "HTTP",
    members: {
      autoscaling_group_names: ["wallarm-node"],
      instance_ids: [],
      ip_addresses: [],
      application_load_balancer_arns: null,
      self_registered: false,
    },
  },
  application: {
    security_group_id: "sg-00000000000000003",
    ports: [80],
    target_group_arns: [targetGroup],
    accepted: { security_group_rule_ids: ["sgr-00000000000000001"], routes: null },
  },
  load_balancer: { security_group_ids: ["sg-00000000000000001"], arn_suffix: "app/shop/50dc6c495c0c9188" },
  secret_header: { name: "X-CloudFront-Secret", enforced: true },
  entry_points: { "route/rest": { http_api_id: "a1b2c3d4e5", priority: 9 } },
  node_traffic_percent: 100,
  live_after_apply: true,
};

/** The document with another value somewhere: `with("node.port", 0)`. */
function withValue(path: string, value: unknown): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  const names = path.split(".");
  const parent = names.slice(0, -1).reduce((object, name) => object[name] as Record<string, unknown>, copy);
  parent[names.at(-1) ?? ""] = value;
  return copy;
}

describe("a document of the contract", () => {
  test("is read as it was written", () => {
    const { entry_points, ...rest } = parseRouting(document);
    const { entry_points: written, ...expected } = document;
    expect(rest).toEqual(expected);
    expect(entry_points["route/rest"]).toMatchObject(written["route/rest"]);
  });

  test("of a newer version is read without the fields that it adds", () => {
    const newer = {
      ...document,
      schema_version: 2,
      partition: "aws-eusc",
      node: { ...document.node, image: { id: "ami-1" }, members: { ...document.node.members, task_arns: ["task"] } },
      application: { ...document.application, accepted: { ...document.application.accepted, clients: [] } },
      entry_points: { "route/rest": { ...document.entry_points["route/rest"], gateway_arn: "arn" } },
    };
    expect(parseRouting(newer)).toEqual({ ...parseRouting(document), schema_version: 2 });
  });

  test("is null where it does not have a field that a module may not know", () => {
    const { account_id, load_balancer, ...old } = document;
    expect([account_id, load_balancer]).not.toContain(undefined);
    expect(parseRouting({ ...old, node: {} })).toMatchObject({
      account_id: null,
      load_balancer: null,
      node: { security_group_id: null, members: null },
      entry_points: { "route/rest": { listener_arn: null } },
    });
  });

  test.each([
    ["schema_version", 0, "routing.schema_version must be a whole number from 1. Received: 0."],
    ["schema_version", undefined, "routing.schema_version must be a whole number. Received: nothing."],
    ["name", null, "routing.name must be a string. Received: null."],
    ["vpc_id", "main", 'routing.vpc_id must be a VPC ID such as "vpc-0123456789abcdef0". Received: "main".'],
    ["account_id", 123, "routing.account_id must be a string. Received: 123."],
    ["node", "node", 'routing.node must be an object. Received: "node".'],
    ["node.port", "80", 'routing.node.port must be a whole number. Received: "80".'],
    ["node.port", 65_536, "routing.node.port must be a whole number from 1 to 65535. Received: 65536."],
    [
      "node.members.self_registered",
      "no",
      'routing.node.members.self_registered must be true or false. Received: "no".',
    ],
    ["application.ports", 80, "routing.application.ports must be a list. Received: 80."],
    ["application.ports", [80, 0], "routing.application.ports[1] must be a whole number from 1 to 65535. Received: 0."],
    ["application.ports", [null], "routing.application.ports[0] must be a whole number. Received: null."],
    ["secret_header.name", undefined, "routing.secret_header.name must be a string. Received: nothing."],
    ["entry_points", [], "routing.entry_points must be an object. Received: []."],
    ["entry_points.shop", null, 'routing.entry_points["shop"] must be an object. Received: null.'],
    [
      "entry_points.shop",
      { listener_arn: "shop" },
      'routing.entry_points["shop"].listener_arn must be a listener ARN (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app or net/NAME/ID/ID). Received: "shop".',
    ],
    ["node_traffic_percent", 101, "routing.node_traffic_percent must be a whole number from 0 to 100. Received: 101."],
    ["live_after_apply", undefined, "routing.live_after_apply must be true or false. Received: nothing."],
    [
      "region",
      Array(100).fill("x"),
      `routing.region must be a string. Received: ${JSON.stringify(Array(100).fill("x")).slice(0, 99)}….`,
    ],
  ])("is refused with %s %j", (path, value, message) => {
    expect(() => parseRouting(withValue(path, value))).toThrow(new ContractError(message));
  });

  test("is refused with all that is malformed in it", () => {
    expect(() => parseRouting({ ...document, name: 1, region: 2 })).toThrow(
      "routing.name must be a string. Received: 1.\nrouting.region must be a string. Received: 2.",
    );
  });

  test.each([null, undefined, "routing", [document]])("is not %j", (value) => {
    expect(() => parseRouting(value)).toThrow("routing must be an object.");
  });
});

test("a field that comes after version 1 may be null: an older document does not have it", () => {
  const required = fields(ROUTING).filter(({ since, nullable }) => since > 1 && !nullable);
  expect(required).toEqual([]);
});

test("no field is for the value of a secret", () => {
  expect(Object.keys(ROUTING.fields.secret_header.fields)).toEqual(["name", "enforced"]);
});

function fields(field: Field): Field[] {
  const inside = field.type === "object" ? Object.values(field.fields) : "element" in field ? [field.element] : [];
  return [field, ...inside.flatMap(fields)];
}
