import { DataAwsNetworkInterfaces } from "@cdktf/provider-aws/lib/data-aws-network-interfaces";
import { DataAwsSecurityGroups } from "@cdktf/provider-aws/lib/data-aws-security-groups";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { distinct } from "../../synth/variables/rules";
import { list, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { subnetId } from "../parts/identifiers";
import { onlyWithNode, Routing, SharedProps } from "./contract-schema";

/**
 * Values of the filters in one call.
 * Source: https://github.com/gjbae1212/gossm/issues/47 (FilterLimitExceeded)
 */
const FILTER_VALUES = 200;

/** Calls for the other security groups of the VPC. */
const CALLS = 5;

/** The variable `network_interfaces`. */
export const networkInterfacesSchema = (routing: Routing) =>
  optional(
    object(
      "Checks the network interfaces with the application's security groups: other security groups on them, and public IPv4 addresses. Null: no check.",
      {
        node_subnet_ids: optional(
          list(
            "IDs of the node's subnets. An interface elsewhere that has the node's security group is reported, because the application admits it. Empty: no check.",
            "subnet_id",
            string("ID.", subnetId),
            distinct("subnet", ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"]),
          ),
          [],
        ),
      },
      onlyWithNode(routing, ({ node_subnet_ids }) => hcl`length(${node_subnet_ids}) > 0`, {
        field: "node_subnet_ids",
        refuses: { node_subnet_ids: ["subnet-0123456789abcdef0"] },
      }),
    ),
  );

export interface NetworkInterfacesProps extends SharedProps {
  readonly networkInterfaces: ReferenceTo<ReturnType<typeof networkInterfacesSchema>>;
}

/**
 * Compares lists of network interfaces that AWS filters, so the number of calls does not grow with the application, and
 * nothing must be known at plan.
 */
export class NetworkInterfaces extends Construct {
  /** IDs of unexpected interfaces, by what is unexpected. */
  public readonly unexpected: IResolvable;

  public constructor(scope: Construct, id: string, props: NetworkInterfacesProps) {
    super(scope, id);
    const { routing, securityGroupIds, nodeSecurityGroupId, networkInterfaces } = props;
    const enabled = when(hcl`${networkInterfaces} != null`);
    const ofApplication = { name: "group-id", values: hcl.list`values(${securityGroupIds})` };
    const ofNode = { name: "group-id", values: [nodeSecurityGroupId] };
    const idsOf = (interfaces: DataAwsNetworkInterfaces) => hcl`flatten(${interfaces.fqn}[*].ids)`;

    const application = new DataAwsNetworkInterfaces(this, "application", { count: enabled, filter: [ofApplication] });
    const publicOnes = new DataAwsNetworkInterfaces(this, "public", {
      count: enabled,
      filter: [ofApplication, { name: "association.public-ip", values: ["*"] }],
    });
    const groups = new DataAwsSecurityGroups(this, "vpc", {
      count: enabled,
      filter: [{ name: "vpc-id", values: [routing.vpc_id] }],
    });
    const otherGroups = local(
      this,
      "other_security_group_ids",
      hcl`tolist(setsubtract(flatten(${groups.fqn}[*].ids), values(${securityGroupIds})))`,
    );
    const withOtherGroups = comment(
      new DataAwsNetworkInterfaces(this, "other_groups", {
        count: hcl.number`${networkInterfaces} == null ? 0 : ${CALLS}`,
        filter: [
          {
            name: "group-id",
            values: hcl.list`try(chunklist(${otherGroups}, ${FILTER_VALUES})[count.index], ["none"])`,
          },
        ],
      }),
      `A call of EC2 accepts ${FILTER_VALUES} values.`,
    );
    const nodeSubnets = networkInterfaces.node_subnet_ids;
    // Not with try(), whose result is unknown if a subnet is new.
    const checksNode = hcl.number`${networkInterfaces} == null ? 0 : length(${nodeSubnets}) > 0 ? 1 : 0`;
    const node = new DataAwsNetworkInterfaces(this, "node", { count: checksNode, filter: [ofNode] });
    const nodeInSubnets = new DataAwsNetworkInterfaces(this, "node_in_its_subnets", {
      count: checksNode,
      filter: [ofNode, { name: "subnet-id", values: hcl.list(nodeSubnets) }],
    });

    const otherGroup = local(
      this,
      "interfaces_with_other_groups",
      hcl`length(${otherGroups}) > ${FILTER_VALUES * CALLS} ? toset(["not known: the VPC has \${length(${otherGroups})} other security groups, and the module reads ${FILTER_VALUES * CALLS}"]) : setintersection(${idsOf(application)}, ${idsOf(withOtherGroups)})`,
    );
    const elsewhere = local(this, "node_group_elsewhere", hcl`setsubtract(${idsOf(node)}, ${idsOf(nodeInSubnets)})`);
    new Check(this, "application_has_no_other_security_groups", {
      condition: hcl`length(${otherGroup}) == 0`,
      errorMessage:
        text`Network interfaces of the application also have other security groups, whose rules admit traffic too: ${hcl`join(", ", ${otherGroup})`}. ` +
        "Remove these groups, or list them in application.security_group_ids, so that their rules are checked.",
    });
    new Check(this, "application_has_no_public_addresses", {
      condition: hcl`length(${idsOf(publicOnes)}) == 0`,
      errorMessage:
        text`Network interfaces of the application have a public IPv4 address: ${hcl`join(", ", ${idsOf(publicOnes)})`}. ` +
        "Release the address, or move the application to private subnets.",
    });
    new Check(this, "only_the_node_has_its_security_group", {
      condition: hcl`length(${elsewhere}) == 0`,
      errorMessage:
        text`Network interfaces outside the node's subnets have its security group, which the application admits: ${hcl`join(", ", ${elsewhere})`}. ` +
        "Give them another group, or list their subnets in network_interfaces.node_subnet_ids.",
    });
    this.unexpected = hcl`{
      for what, ids in {
        other_security_group  = ${otherGroup}
        public_address        = toset(${idsOf(publicOnes)})
        node_group_elsewhere  = ${elsewhere}
      } : what => ids if length(ids) > 0
    }`;
  }
}
