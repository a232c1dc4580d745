import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { example, given, map, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { routeTableId } from "../parts/identifiers";
import { Application, SharedProps } from "./contract-schema";

/** The variable `private_subnets`. */
export function privateSubnetsSchema(application: Application) {
  return optional(
    example(
      object(
        "Checks that the application's subnets have no route to an internet gateway. Reads the route table of each subnet in application.subnet_ids, or the main route table of the VPC. Null: no check.",
        {
          route_table_ids: optional(
            map(
              "IDs of additional route tables, by names that you choose.",
              "route_table_id",
              string("ID.", routeTableId),
            ),
            {},
          ),
        },
        {
          test: ({ route_table_ids }) => hcl`length(${route_table_ids}) + length(${application.subnet_ids}) > 0`,
          requirement: "have route_table_ids, unless application.subnet_ids is set",
          refuses: [{ route_table_ids: {} }],
          accepts: [given({ application: { subnet_ids: { a: "subnet-0123456789abcdef0" } } }, { route_table_ids: {} })],
        },
      ),
      { route_table_ids: { example: "rtb-0123456789abcdef0" } },
    ),
  );
}

export interface PrivateSubnetsProps extends SharedProps {
  readonly privateSubnets: ReferenceTo<ReturnType<typeof privateSubnetsSchema>>;
}

/** Reads the routes of the application's subnets, and warns about routes to an internet gateway. */
export class PrivateSubnets extends Construct {
  /** Routes to an internet gateway, by subnet or route table. */
  public readonly publicRoutes: IResolvable;

  public constructor(scope: Construct, id: string, { routing, application, privateSubnets }: PrivateSubnetsProps) {
    super(scope, id);
    const subnetIds = hcl`${privateSubnets} == null ? {} : ${application.subnet_ids}`;

    const own = comment(
      new DataAwsRouteTables(this, "subnet", {
        forEach: forEach(subnetIds),
        filter: [{ name: "association.subnet-id", values: [each.value] }],
      }),
      "A subnet without an association of its own uses the main route table, which this filter does not find.",
    );
    const main = new DataAwsRouteTables(this, "main", {
      count: when(hcl`length(${subnetIds}) > 0`),
      vpcId: routing.vpc_id,
      filter: [{ name: "association.main", values: ["true"] }],
    });
    const tables = local(
      this,
      "route_table_ids",
      hcl`merge(
        { for key, tables in ${own.fqn} : "subnet \${key}" => one(concat(tables.ids, length(tables.ids) == 0 ? ${main.fqn}[0].ids : [])) },
        { for key, id in ${privateSubnets} == null ? {} : ${privateSubnets.route_table_ids} : "route table \${key}" => id }
      )`,
    );
    const table = new DataAwsRouteTable(this, "application", {
      forEach: forEach(tables),
      routeTableId: each.value,
    });
    this.publicRoutes = local(
      this,
      "public_routes",
      hcl`{
        for key, table in ${table.fqn} : key => [
          for route in table.routes : "\${coalesce(route.cidr_block, route.ipv6_cidr_block, route.destination_prefix_list_id)} to \${route.gateway_id}"
          if startswith(coalesce(route.gateway_id, "none"), "igw-")
        ] if anytrue([for route in table.routes : startswith(coalesce(route.gateway_id, "none"), "igw-")])
      }`,
      "An internet gateway (igw-) lets in connections from the internet. NAT gateways and egress-only internet gateways only let connections out.",
    );
    const list = hcl`[for key, routes in ${this.publicRoutes} : "\${key} (\${join(", ", routes)})"]`;
    new Check(this, "application_subnets_are_private", {
      condition: hcl`length(${this.publicRoutes}) == 0`,
      errorMessage:
        text`The application's subnets have routes to an internet gateway: ${hcl`join(", ", ${list})`}. Remove these ` +
        "routes, or move the application; outbound connections can use a NAT gateway, or for IPv6 an egress-only internet gateway.",
    });
  }
}
