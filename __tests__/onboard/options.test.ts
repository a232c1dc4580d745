import { listenerPortsOf, nodeOf, type Options, refuseOthers, targetOf } from "../../cli/onboard/options";
import { SCENARIOS } from "../../onboard/composition";
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

describe("a new node", () => {
  const TOKEN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm/token-AbCdEf";
  const NEW: Options = { newFleet: true, nodeImage: "ami-0123456789abcdef0", nodeTokenSecret: TOKEN };

  test.each(SCENARIOS)("is created in front of %s", (scenario) => {
    expect(nodeOf(NEW, scenario)).toEqual({
      newFleet: {
        ...{ image: "ami-0123456789abcdef0", imageOwner: null, tokenSecretArn: TOKEN, cloud: "EU" },
        ...{ subnetIds: [], backendUrl: null, certificateSecretArn: null },
      },
    });
  });

  test("has an image by name, of its owner", () => {
    const named = { ...NEW, nodeImage: "Wallarm Node 6.1.0", nodeImageOwner: "123456789012" };
    expect(nodeOf(named, "alb")).toMatchObject({
      newFleet: { image: "Wallarm Node 6.1.0", imageOwner: "123456789012" },
    });
  });

  test.each<[Options, string]>([
    [{ newFleet: true }, "--node-image (the AMI ID or full name of a Wallarm NGINX Node) and --node-token-secret"],
    [{ ...NEW, nodeImage: undefined }, "what the account does not tell: --node-image"],
    [{ ...NEW, nodeTokenSecret: undefined }, "what the account does not tell: --node-token-secret"],
    [{ ...NEW, nodeImage: "wallarm-*" }, 'without wildcards. Received: "wallarm-*"'],
    [{ ...NEW, nodeImage: "ami-1" }, 'Received: "ami-1"'],
    [{ ...NEW, nodeImageOwner: "wallarm" }, 'an account ID, "self", or "aws-marketplace". Received: "wallarm"'],
    [{ ...NEW, nodeImageOwner: "self" }, "--node-image-owner is for an image by name"],
    [{ ...NEW, nodeCertificateSecret: "shop.pem" }, "--node-certificate-secret must be the ARN of a secret"],
    [{ ...NEW, nodeSubnets: ["a"] }, 'subnet IDs such as "subnet-0123456789abcdef0". Received: "a"'],
    [{ ...NEW, wallarmCloud: "us" }, '--wallarm-cloud must be "EU", "US", or'],
    [{ ...NEW, backendUrl: "http://shop.internal/v1" }, "--backend-url must be http:// or https://"],
    [{ ...NEW, nodeInstances: ["i-0a000001"] }, "Leave it out, or leave out --node-instances"],
    [{ ...NEW, nodeListener: listenerArn(80) }, "Leave it out, or leave out --node-listener"],
    [{ nodeAutoscalingGroup: "nodes", backendUrl: "http://shop.internal" }, "--backend-url is for a node that"],
  ])("is not %j", (options, message) => {
    expect(() => nodeOf(options, "alb")).toThrow(message);
  });

  test("shows no token that was written instead of its ARN", () => {
    const token = "s3cr3t-t0k3n-of-a-node";
    expect(() => nodeOf({ ...NEW, nodeTokenSecret: token }, "alb")).toThrow("--node-token-secret must be the ARN");
    expect(() => nodeOf({ ...NEW, nodeTokenSecret: token }, "alb")).not.toThrow(token);
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
