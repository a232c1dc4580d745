/** Whom the module watches: what a scenario module tells of itself, and what it does not. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinct, notEmpty } from "../../synth/variables/rules";
import { list, map, number, object, optional, ReferenceTo, Rule, Schema, string } from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { portNumber } from "../parts/common-variables";
import {
  instanceId,
  listenerArn,
  networkInterfaceId,
  securityGroupId,
  subnetId,
  targetGroupArn,
  vpcId,
} from "../parts/identifiers";
import { subnetCidrsField } from "../parts/node";

/** An attribute that has a value at the entry points of some scenarios. */
function ofSome(description: string, ...rules: Rule<string>[]) {
  return optional(string(description, ...rules));
}

const entryPoint = object("An entry point: what its scenario has of these.", {
  listener_arn: ofSome("ARN of the load balancer's listener.", listenerArn("app")),
  distribution_id: ofSome("ID of the CloudFront distribution."),
  rest_api_id: ofSome("ID of the REST API."),
  http_api_id: ofSome("ID of the HTTP API."),
  vpc_link_id: ofSome("ID of the API's VPC link."),
});

/** The variable `routing`, as `parts/routing-contract.ts` writes it; what else is in it is left out. */
export const routingSchema = object(
  "Who is node, who is application and where requests come in: the output routing of a scenario module, or an object like it.",
  {
    schema_version: optional(
      number("Version of the contract.", {
        test: (version) => hcl`${version} == 1`,
        requirement: "be 1: call the scenario module and this one in versions that go together",
      }),
      1,
    ),
    vpc_id: string("ID of the VPC.", vpcId),
    node: object("The Wallarm Node.", {
      security_group_id: string("ID of its security group.", securityGroupId),
      target_group_arn: optional(string("ARN of its target group.", targetGroupArn)),
    }),
    application: optional(
      object("The application.", {
        security_group_id: string("ID of its security group.", securityGroupId),
        ports: list("TCP ports on which it serves the node.", "port", number("Port.", portNumber), notEmpty("port")),
      }),
    ),
    entry_points: optional(map("Where requests come in, by name.", "entry_point", entryPoint), {}),
  },
  {
    test: ({ application }) => hcl`${application} != null`,
    requirement:
      "say who the application is: give it to the scenario module, or add it (merge(module.NAME.routing, { application = { security_group_id = …, ports = […] } }))",
    received: ({ application }) => hcl`${{ application }}`,
  },
);

export type Routing = ReferenceTo<typeof routingSchema>;

/** The variable `node`. */
export const nodeSchema = optional(
  object("What routing does not say of the node.", {
    subnet_cidrs: subnetCidrsField(": traffic and rules that come from there are the node's."),
  }),
  {},
);

export type Node = ReferenceTo<typeof nodeSchema>;

/** Names under which the caller refers to things. */
function ids(description: string, elementName: string, id: Schema<string>) {
  return optional(
    map(`${description}, each under a name of your own.`, elementName, id, {
      test: (value) => hcl`length(distinct(values(${value}))) == length(${value})`,
      requirement: "name each of them once",
    }),
    {},
  );
}

/** The variable `application`. */
export const applicationSchema = optional(
  object("What routing does not say of the application.", {
    security_group_ids: ids(
      "IDs of further security groups that its network interfaces have",
      "security_group_id",
      string("ID.", securityGroupId),
    ),
    subnet_ids: ids("IDs of its subnets", "subnet_id", string("ID.", subnetId)),
    network_interface_ids: ids(
      "IDs of its network interfaces",
      "network_interface_id",
      string("ID.", networkInterfaceId),
    ),
    instance_ids: ids("IDs of its instances", "instance_id", string("ID.", instanceId)),
    cidrs: optional(
      list(
        "CIDR blocks of its addresses, where it shares its subnets with others that answer on the same ports. Empty: whatever is logged is the application.",
        "cidr",
        string("Block.", canonicalCidrBlock),
        distinct("CIDR block"),
      ),
      [],
    ),
  }),
  {},
);

export type Application = ReferenceTo<typeof applicationSchema>;

/** What the constructs of the module share. */
export interface Watched {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routing: Routing;
  readonly node: Node;
  readonly application: Application;
  /** By name, every security group of the application. */
  readonly securityGroupIds: IResolvable;
  readonly account: Account;
}

/** Where the module is applied. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly partition: string;
}
