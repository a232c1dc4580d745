import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";

/** IDs of the Availability Zones that AWS does not list, in the Regions that it lists. */
const ZONES = ["use1-az3", "usw1-az2", "ape1-az1", "cac1-az4", "euw3-az2"];

/**
 * The subnets of a new VPC link in Availability Zones that have no VPC links.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export class SubnetsWithoutVpcLinks extends Construct {
  public readonly subnets: DataAwsSubnets;

  public constructor(scope: Construct, id: string, subnetIds: IResolvable) {
    super(scope, id);
    this.subnets = comment(
      new DataAwsSubnets(this, "without_vpc_links", {
        count: when(hcl`length(${subnetIds}) > 0`),
        filter: [
          { name: "subnet-id", values: hcl.list(subnetIds) },
          { name: "availability-zone-id", values: ZONES },
        ],
        lifecycle: {
          postcondition: [
            {
              condition: hcl`length(self.ids) == 0`,
              errorMessage:
                text`vpc_link.subnet_ids: AWS has no VPC links in the Availability Zones ${ZONES.join(", ")}. Replace ` +
                text`${hcl`join(", ", self.ids)`} with subnets in other Availability Zones.`,
            },
          ],
        },
      }),
      "API Gateway has no VPC links in these Availability Zones " +
        "(https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html).",
    );
  }
}
