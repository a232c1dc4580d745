import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { distinctValues, wholeNumber } from "../../synth/variables/rules";
import {
  bool,
  CollectionReference,
  example,
  map,
  number,
  object,
  optional,
  ReferenceTo,
  string,
} from "../../synth/variables/schema";
import { bucketName, subnetId } from "../parts/identifiers";
import { KEEPS_ITS_NAME, WHY_IT_KEEPS_ITS_NAME } from "../parts/security-group-rules";

export const subnetIdsSchema = example(
  map(
    "IDs of the subnets of the load balancer, by names that you choose: one in each Availability Zone of the application, in at least two. Use subnets of its own if the module network-acl protects the application, because its network ACL admits everything in them.",
    "subnet_id",
    string("ID.", subnetId),
    {
      test: (ids) => hcl`length(${ids}) >= 2`,
      requirement: "have at least two subnets, because AWS wants two Availability Zones",
      refuses: [{ a: "subnet-0123456789abcdef0" }],
      accepts: [{ a: "subnet-0123456789abcdef0", b: "subnet-0123456789abcdef1" }],
    },
    distinctValues("subnet", { a: "subnet-0123456789abcdef0", b: "subnet-0123456789abcdef0" }),
  ),
  { a: "subnet-0123456789abcdef0", b: "subnet-0123456789abcdef1" },
);

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html */
export const settingsSchema = optional(
  object("Settings of the load balancer.", {
    idle_timeout: optional(
      number(
        "Seconds after which it closes an idle connection. Set at least the value of the load balancer in front of the node, or slow responses and WebSockets end earlier than before.",
        wholeNumber(1, 4000, "seconds"),
      ),
      60,
    ),
    deletion_protection: optional(bool("Whether AWS refuses to delete it."), false),
    access_logs: optional(
      object("The S3 bucket of its access logs. Null: no logs.", {
        bucket: string("Name.", bucketName),
        prefix: optional(string("Prefix of the objects.")),
      }),
    ),
  }),
  {},
);

export interface BackendLoadBalancerProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly subnetIds: CollectionReference<string>;
  readonly settings: ReferenceTo<typeof settingsSchema>;
  /** What else must hold before anything is created. */
  readonly preconditions: Validation[];
}

/** The load balancer between the node and the application. */
export class BackendLoadBalancer extends Construct {
  public readonly resource: Lb;
  public readonly securityGroup: SecurityGroup;
  /** CIDR blocks of its subnets. */
  public readonly subnetCidrs: IResolvable;

  public constructor(scope: Construct, id: string, props: BackendLoadBalancerProps) {
    super(scope, id);
    const { name, tags, vpcId, subnetIds, settings } = props;

    const subnets = new DataAwsSubnet(this, "subnet.backend", { forEach: forEach(subnetIds), id: subnetIds.each });
    this.subnetCidrs = hcl`values(${subnets.fqn})[*].cidr_block`;
    this.securityGroup = comment(
      new SecurityGroup(this, "security_group.backend", {
        namePrefix: text`${name}-`,
        description: "Load balancer behind the Wallarm Node",
        vpcId,
        tags: hcl.map`merge(${tags}, ${{ Name: name }})`,
        lifecycle: KEEPS_ITS_NAME,
      }),
      "Admits no one: the routing module adds the rules from the node, because this group is its application. " +
        WHY_IT_KEEPS_ITS_NAME,
    );
    const outside = local(
      this,
      "subnets_of_other_vpcs",
      hcl`[for key, subnet in ${subnets.fqn} : key if subnet.vpc_id != ${vpcId}]`,
    );
    const zones = hcl`values(${subnets.fqn})[*].availability_zone`;
    this.resource = comment(
      new Lb(this, "backend", {
        name,
        internal: true,
        loadBalancerType: "application",
        subnets: hcl.list`values(${subnetIds})`,
        securityGroups: [this.securityGroup.id],
        idleTimeout: settings.idle_timeout,
        enableDeletionProtection: settings.deletion_protection,
        xffHeaderProcessingMode: "preserve",
        preserveHostHeader: true,
        tags: hcl.map(tags),
        lifecycle: {
          ignoreChanges: ["name"],
          precondition: [
            {
              condition: hcl`length(distinct(${zones})) == length(${subnetIds})`,
              errorMessage: text`subnet_ids has several subnets of one Availability Zone (${hcl`join(", ", ${zones})`}), and AWS accepts one. List one subnet in each.`,
            },
            {
              condition: hcl`length(${outside}) == 0`,
              errorMessage: text`subnet_ids has subnets outside of ${vpcId}: ${hcl`join(", ", ${outside})`}. List subnets of the application's VPC, because AWS accepts only a target group of the load balancer's VPC.`,
            },
            ...props.preconditions,
          ],
        },
      }),
      "The node passes X-Forwarded-For and Host as the application got them before. By default, a load balancer appends the " +
        "node's address to the one and its port to the other " +
        "(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html, " +
        "https://repost.aws/questions/QUbdKVqaj4TKSZJdPWPZG1Ow). If `name` changes, the load balancer keeps its name: AWS " +
        "cannot rename it, and a replacement would have another address than the one in the configuration of the nodes.",
    );
    override(this.resource, {
      access_logs: dynamic(hcl`${settings.access_logs}[*]`, {
        enabled: true,
        bucket: hcl`access_logs.value.bucket`,
        prefix: hcl`access_logs.value.prefix`,
      }),
    });
  }
}
