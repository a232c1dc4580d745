import type { LocalAws } from "../../harness/local-aws";
import { requestCertificate } from "../../harness/certificate";
import { createLoadBalancer, createNetwork, createSecurityGroup, VPC_BLOCK } from "../../harness/network";
import { removedBlocks } from "../../harness/release";
import type { Variables } from "../../harness/terraform";
import { type ForeignApplication, type Kind, type Owner, SECOND_SUBNET } from "../application";
import { runTasks } from "../tasks";

/** Nobody but people with a console: nothing would change by itself. */
class Console implements Owner {
  constructor(
    private readonly aws: LocalAws,
    private readonly applicationGroup: string,
  ) {}

  plan(): Promise<string[]> {
    return Promise.resolve([]);
  }

  /** @param change `closed`, if what lets the whole VPC in is to go, or to come back */
  async apply({ closed }: Variables = {}): Promise<void> {
    const { ec2 } = this.aws;
    const inside = [{ IpProtocol: "tcp", FromPort: 8080, ToPort: 8081, IpRanges: [{ CidrIp: VPC_BLOCK }] }];
    const input = { GroupId: this.applicationGroup, IpPermissions: inside };
    if (closed === true) await ec2.revokeSecurityGroupIngress(input);
    if (closed === false) await ec2.authorizeSecurityGroupIngress(input);
  }
}

interface NetworkApplication extends ForeignApplication {
  readonly listeners: Readonly<
    Record<string, Readonly<Record<"listener_arn" | "application_target_group_arn", string>>>
  >;
}

/**
 * Listeners for TCP and TLS, made by hand, in front of addresses.
 * As https://github.com/terraform-aws-modules/terraform-aws-alb/tree/master/examples/complete-nlb
 */
export const network: Kind<NetworkApplication> = {
  name: "a Network Load Balancer with a TCP and a TLS listener, and IP addresses as targets",

  async create(aws) {
    const network = await createNetwork(aws);
    const loadBalancerGroup = await createSecurityGroup(aws, network, "shop-load-balancer");
    const applicationGroup = await createSecurityGroup(aws, network, "shop-application");
    const owner = new Console(aws, applicationGroup);
    await owner.apply({ closed: false });
    await aws.ec2.authorizeSecurityGroupIngress({
      GroupId: applicationGroup,
      IpPermissions: [
        { IpProtocol: "tcp", FromPort: 8080, ToPort: 8081, UserIdGroupPairs: [{ GroupId: loadBalancerGroup }] },
      ],
    });
    const LoadBalancerArn = await createLoadBalancer(aws, network, {
      name: "shop",
      type: "network",
      securityGroupIds: [loadBalancerGroup],
    });

    const certificate = await requestCertificate(aws);
    const listener = async (Protocol: "TCP" | "TLS", Port: number, port: number) => {
      const { TargetGroups: [group] = [] } = await aws.elb.createTargetGroup({
        Name: `shop-${Protocol.toLowerCase()}`,
        VpcId: network.vpcId,
        Protocol: "TCP",
        Port: port,
        TargetType: "ip",
      });
      const targetGroupArn = String(group?.TargetGroupArn);
      const { Listeners: [created] = [] } = await aws.elb.createListener({
        LoadBalancerArn,
        Protocol,
        Port,
        DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
        ...(Protocol === "TLS" && { Certificates: [{ CertificateArn: certificate }] }),
      });
      await runTasks(aws, network, { securityGroupId: applicationGroup, targetGroupArn, port });
      return { listener_arn: String(created?.ListenerArn), application_target_group_arn: targetGroupArn };
    };
    const listeners = { plain: await listener("TCP", 80, 8080), tls: await listener("TLS", 443, 8081) };
    return {
      network,
      owner,
      listeners,
      entryPoints: Object.values(listeners).map(({ listener_arn }) => ({ type: "listener", id: listener_arn })),
      securityGroupIds: { loadBalancer: loadBalancerGroup, application: applicationGroup },
      targetGroupArns: Object.values(listeners).map((one) => one.application_target_group_arn),
    };
  },

  rollout: {
    root: "nlb",
    variables: ({ listeners }) => ({ application_ports: [8080, 8081], adopted_listeners: listeners }),
    networkAcl: SECOND_SUBNET,
    percentages: [0, 100],
    refused: {
      0: { service: "elbv2", operation: "CreateTargetGroup" },
      100: { service: "elbv2", operation: "ModifyListener", after: 1 },
    },
    // An adopted listener is released, and not destroyed, with the block of the README.
    destroy: async (ours) => {
      await ours.write("main.tf", removedBlocks("nlb"));
      await ours.apply({ node_traffic_percent: 0 });
    },
  },
};
