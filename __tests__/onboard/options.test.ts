import { listenerPortsOf, nodeOf, type Options, refuseOthers, targetOf } from "../../cli/onboard/options";
import { LOAD_BALANCER_ARN } from "./support/rules";
import { listenerArn, NETWORK_ARN } from "./support/listeners";

test.each([
  ["alb", LOAD_BALANCER_ARN, { name: "shop", region: "us-east-1", accountId: "123456789012" }],
  ["nlb", NETWORK_ARN, { name: "shop", region: "us-east-1", accountId: "123456789012" }],
  ["http-api", "a1b2c3d4e5", { name: "a1b2c3d4e5", region: null, accountId: null }],
])("onboard %s takes its own entry point", (scenario, id, expected) => {
  expect(targetOf(scenario, id)).toEqual({ scenario, id, ...expected });
});

test.each([
  ["waf", LOAD_BALANCER_ARN, 'Received: "waf"'],
  ["alb", NETWORK_ARN, "the ARN of an Application Load Balancer"],
  ["nlb", LOAD_BALANCER_ARN, "the ARN of a Network Load Balancer"],
  ["http-api", "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "the ID of an HTTP API"],
])("onboard %s refuses %s", (scenario, id, message) => {
  expect(() => targetOf(scenario, id)).toThrow(message);
});

test.each<[keyof Options, Options, "alb" | "nlb" | "http-api", string]>([
  ["mirror", { mirror: true }, "nlb", '--mirror is an option of "onboard alb"'],
  ["adoptListeners", { adoptListeners: true }, "alb", '--adopt-listeners is an option of "onboard nlb"'],
  ["listenerPorts", { listenerPorts: ["80"] }, "alb", '--listener-ports is an option of "onboard nlb"'],
  ["nodeListener", { nodeListener: listenerArn(80) }, "alb", '--node-listener is an option of "onboard http-api"'],
  ["region", { region: "us-east-1" }, "nlb", '--region is an option of "onboard http-api"'],
])("%s belongs to one entry point", (_, options, scenario, message) => {
  expect(() => {
    refuseOthers(options, scenario);
  }).toThrow(message);
  expect(() => {
    refuseOthers(options, message.includes("http-api") ? "http-api" : message.includes("nlb") ? "nlb" : "alb");
  }).not.toThrow();
});

describe("the node", () => {
  test.each<[Options, object]>([
    [{ nodeAutoscalingGroup: "nodes" }, { autoScalingGroup: "nodes" }],
    [{ nodeInstances: ["i-0a000001"] }, { instances: ["i-0a000001"] }],
    [{ nodeAddresses: ["10.0.2.10", "fd00::1"] }, { addresses: ["10.0.2.10", "fd00::1"] }],
    [{ nodeEcsService: "nodes/wallarm" }, { ecsService: "nodes/wallarm" }],
  ])("is %j", (options, node) => {
    for (const scenario of ["alb", "nlb"] as const) expect(nodeOf(options, scenario)).toEqual(node);
    expect(() => nodeOf(options, "http-api")).toThrow("takes --node-listener");
  });

  test.each<[Options, string]>([
    [{}, "Received: none"],
    [{ nodeAutoscalingGroup: "nodes", nodeEcsService: "nodes" }, "--node-autoscaling-group, --node-ecs-service."],
    [{ nodeInstances: ["i-1"] }, '--node-instances must be instance IDs such as "i-0123456789abcdef0", each once'],
    [
      { nodeAddresses: ["10.0.2.10", "10.0.2.10"] },
      'IP addresses such as "10.0.1.10", each once. Received: "10.0.2.10"',
    ],
    [{ nodeAddresses: ["node.example.com"] }, 'Received: "node.example.com"'],
  ])("is not %j", (options, message) => {
    expect(() => nodeOf(options, "alb")).toThrow(message);
  });
});

describe("the node of an HTTP API", () => {
  test("is behind a listener", () => {
    expect(nodeOf({ nodeListener: listenerArn(80) }, "http-api")).toEqual({ listenerArn: listenerArn(80) });
  });

  test.each<[Options, string]>([
    [{}, "Received: none"],
    [{ nodeListener: NETWORK_ARN }, "Set --node-listener to the ARN of the listener"],
    [{ nodeInstances: ["i-0a000001"] }, "takes --node-listener"],
  ])("is not %j", (options, message) => {
    expect(() => nodeOf(options, "http-api")).toThrow(message);
  });
});

test("ports of listeners are numbers from 1 to 65535", () => {
  expect(listenerPortsOf({})).toBeNull();
  expect(listenerPortsOf({ listenerPorts: ["80", "65535"] })).toEqual([80, 65535]);
  for (const port of ["0", "65536", "http"]) expect(() => listenerPortsOf({ listenerPorts: [port] })).toThrow(port);
});
