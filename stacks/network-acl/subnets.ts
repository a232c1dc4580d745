import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsNetworkAcls } from "@cdktf/provider-aws/lib/data-aws-network-acls";
import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { CollectionReference } from "../../synth/variables/schema";

export interface SubnetsProps {
  /** ID of the VPC of the subnets. */
  readonly networkVpcId: IResolvable;
  readonly subnetIds: CollectionReference<string>;
  readonly nodeSubnetCidrs: IResolvable;
  readonly replaceCustomNetworkAcls: IResolvable;
}

/** The application's subnets, and the network ACLs that they have. */
export class Subnets extends Construct {
  /** The ACL that each subnet has now. */
  public readonly current: DataAwsNetworkAcls;
  /** ID of the VPC's default ACL. */
  public readonly defaultId: IResolvable;
  /** The ACL that each subnet had before. */
  public readonly previous: TerraformResource;
  /** Preconditions of the ACL. As conditions of the data source, they would defer reading it to the apply. */
  public readonly conditions: Validation[];

  public constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const { networkVpcId, subnetIds, nodeSubnetCidrs, replaceCustomNetworkAcls } = props;

    const subnet = new DataAwsSubnet(this, "application", { forEach: forEach(subnetIds), id: subnetIds.each });
    this.current = comment(
      new DataAwsNetworkAcls(this, "current", {
        forEach: forEach(subnetIds),
        filter: [{ name: "association.subnet-id", values: [subnetIds.each] }],
      }),
      "The current ACL of each subnet: this module's ACL while it is in force.",
    );
    const fallback = comment(
      new DataAwsNetworkAcls(this, "default", {
        vpcId: hcl.string`${networkVpcId}`,
        filter: [{ name: "default", values: ["true"] }],
      }),
      "The ACL that AWS gives to a subnet when this module's association is removed.",
    );
    this.defaultId = hcl`one(${fallback.fqn}.ids)`;
    this.previous = comment(
      new TerraformResource(this, "previous_network_acl", {
        terraformResourceType: "terraform_data",
        forEach: forEach(subnetIds),
        lifecycle: {
          ignoreChanges: ["input"],
          postcondition: [
            {
              condition: hcl`${replaceCustomNetworkAcls} || self.input == ${this.defaultId}`,
              errorMessage: customAcl(hcl`self.input`),
            },
          ],
        },
      }),
      "The previous ACL of each subnet: read once, and never updated.",
    );
    override(this.previous, { input: hcl`one(${this.current.fqn}[each.key].ids)` });

    this.conditions = [
      inOneVpc(this, subnet, networkVpcId),
      inOneAccount(this, subnet),
      withoutTheNode(this, subnet, nodeSubnetCidrs),
    ];
  }
}

/** The message for a subnet with a custom ACL. */
export function customAcl(acl: IResolvable): string {
  return text`subnet_ids["${each.key}"] has a custom network ACL, ${acl}, and would get the VPC's default ACL when this module's is removed. Add the output rules to the custom ACL and set subnet_ids = {}, or set replace_custom_network_acls = true.`;
}

function inOneVpc(scope: Construct, { fqn }: DataAwsSubnet, vpcId: IResolvable): Validation {
  const others = local(
    scope,
    "subnets_of_other_vpcs",
    hcl`[for key, subnet in ${fqn} : key if subnet.vpc_id != ${vpcId}]`,
  );
  return {
    condition: hcl`length(${others}) == 0`,
    errorMessage: text`subnet_ids has subnets outside of ${vpcId}: ${hcl`join(", ", ${others})`}. List the subnets of the application behind this node, and set vpc_id if they are in a VPC that is peered with the node's.`,
  };
}

function inOneAccount(scope: Construct, { fqn }: DataAwsSubnet): Validation {
  const { accountId } = comment(
    new DataAwsCallerIdentity(scope, "caller.current"),
    "Not the account in routing: that is unknown before the first apply, and the node may be in another account.",
  );
  const others = local(
    scope,
    "subnets_of_other_accounts",
    hcl`[for key, subnet in ${fqn} : key if subnet.owner_id != ${accountId}]`,
  );
  return {
    condition: hcl`length(${others}) == 0`,
    errorMessage: text`subnet_ids has subnets that another account shares: ${hcl`join(", ", ${others})`}. Only the owner can change their network ACL: set subnet_ids = {}, and add the output rules to the owner's ACL.`,
  };
}

/** An ACL does not filter traffic inside a subnet, and admits everything in the node's subnets. */
function withoutTheNode(scope: Construct, { fqn }: DataAwsSubnet, nodeSubnetCidrs: IResolvable): Validation {
  const pairs = local(
    scope,
    "node_and_subnet_blocks",
    hcl`flatten([
      for key, subnet in ${fqn} : [
        for pair in setproduct(values(${nodeSubnetCidrs}), compact([subnet.cidr_block, subnet.ipv6_cidr_block])) : {
          subnet    = key
          addresses = [for block in pair : split("/", block)[0]]
          prefix    = min([for block in pair : split("/", block)[1]]...)
        }
      ]
    ])`,
    "Each pair of a CIDR block of the node and one of a subnet, with the shorter of their prefix lengths.",
  );
  const shared = local(
    scope,
    "subnets_shared_with_node",
    hcl`distinct([
      for pair in ${pairs} : pair.subnet
      if try(length(distinct([for address in pair.addresses : cidrsubnet("\${address}/\${pair.prefix}", 0, 0)])) == 1, false)
    ])`,
    "Two blocks overlap if they are the same block at the shorter prefix length.",
  );
  return {
    condition: hcl`length(${shared}) == 0`,
    errorMessage: text`node_subnet_cidrs overlap the subnets ${hcl`join(", ", ${shared})`}, but a network ACL does not filter traffic inside a subnet, and would admit everything in the overlap. Give the node subnets of its own.`,
  };
}
