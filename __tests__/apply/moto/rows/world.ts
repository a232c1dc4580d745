import type {
  Action,
  CreateListenerCommandInput,
  CreateLoadBalancerCommandInput,
  CreateRuleCommandInput,
  CreateTargetGroupCommandInput,
  RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { IpPermission } from "@aws-sdk/client-ec2";
import { credentials, region } from "../../harness/environment";
import type { LocalAws } from "../../harness/local-aws";
import { OTHER_ACCOUNT } from "../../harness/other-account";
import { keeping } from "./keeping";
import { outcome } from "./row";

type Answer = Record<string, unknown>;

let names = 0;

/** What a row needs around its call, made when it is asked for. */
export class World {
  private readonly once = keeping();

  constructor(readonly aws: LocalAws) {}

  name(prefix = "row"): string {
    return `${prefix}-${++names}`;
  }

  /** A VPC with an internet gateway. */
  vpc(): Promise<string> {
    return this.once("vpc", async () => {
      const { ec2 } = this.aws;
      const VpcId = await this.emptyVpc("10.0.0.0/16");
      const { InternetGateway } = await ec2.createInternetGateway({});
      await ec2.attachInternetGateway({ VpcId, InternetGatewayId: InternetGateway?.InternetGatewayId });
      return VpcId;
    });
  }

  otherVpc(): Promise<string> {
    return this.once("other VPC", () => this.emptyVpc("10.1.0.0/16"));
  }

  private async emptyVpc(CidrBlock: string): Promise<string> {
    return String((await this.aws.ec2.createVpc({ CidrBlock })).Vpc?.VpcId);
  }

  subnet(zone: "a" | "b" = "a"): Promise<string> {
    return this.once(`subnet ${zone}`, async () =>
      this.newSubnet(await this.vpc(), zone === "a" ? "10.0.0.0/24" : "10.0.1.0/24", zone),
    );
  }

  otherSubnet(): Promise<string> {
    return this.once("other subnet", async () => this.newSubnet(await this.otherVpc(), "10.1.0.0/24", "a"));
  }

  async newSubnet(VpcId: string, CidrBlock: string, zone: "a" | "b" | "c" | "e"): Promise<string> {
    const AvailabilityZone = `${region}${zone}`;
    const { Subnet } = await this.aws.ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone });
    return String(Subnet?.SubnetId);
  }

  async securityGroup(VpcId?: string): Promise<string> {
    const GroupName = this.name();
    const input = { GroupName, Description: GroupName, VpcId: VpcId ?? (await this.vpc()) };
    return String((await this.aws.ec2.createSecurityGroup(input)).GroupId);
  }

  securityGroups(number: number): Promise<string[]> {
    return Promise.all(Array.from({ length: number }, () => this.securityGroup()));
  }

  async prefixList(PrefixListName: string) {
    const { PrefixLists = [] } = await this.aws.ec2.describeManagedPrefixLists({
      Filters: [{ Name: "prefix-list-name", Values: [PrefixListName] }],
    });
    return PrefixLists[0];
  }

  async instance(SubnetId?: string, SecurityGroupIds?: string[]): Promise<string> {
    const { Instances } = await this.aws.ec2.runInstances({
      ImageId: "ami-12c6146b",
      MinCount: 1,
      MaxCount: 1,
      SubnetId: SubnetId ?? (await this.subnet()),
      SecurityGroupIds,
    });
    return String(Instances?.[0]?.InstanceId);
  }

  /** Without the layer, nothing shares. */
  async shared(id: string): Promise<string> {
    await outcome(this.aws.share(OTHER_ACCOUNT, [id]));
    return id;
  }

  launchTemplate(data: object): Promise<string> {
    return this.aws.ec2
      .createLaunchTemplate({
        LaunchTemplateName: this.name(),
        LaunchTemplateData: { ImageId: "ami-12c6146b", InstanceType: "t3.micro", ...data },
      })
      .then(({ LaunchTemplate }) => String(LaunchTemplate?.LaunchTemplateId));
  }

  async newLoadBalancer(input: Partial<CreateLoadBalancerCommandInput> = {}): Promise<string> {
    const Subnets = [await this.subnet("a"), await this.subnet("b")];
    const { LoadBalancers } = await this.aws.elb.createLoadBalancer({ Name: this.name(), Subnets, ...input });
    return String(LoadBalancers?.[0]?.LoadBalancerArn);
  }

  alb(): Promise<string> {
    return this.once("alb", async () => this.newLoadBalancer({ SecurityGroups: [await this.securityGroup()] }));
  }

  nlb(): Promise<string> {
    return this.once("nlb", async () =>
      this.newLoadBalancer({ Type: "network", SecurityGroups: [await this.securityGroup()] }),
    );
  }

  async targetGroup(input: Partial<CreateTargetGroupCommandInput> = {}): Promise<string> {
    const { TargetGroups } = await this.aws.elb.createTargetGroup({
      Name: this.name(),
      Protocol: "HTTP",
      Port: 80,
      VpcId: await this.vpc(),
      ...input,
    });
    return String(TargetGroups?.[0]?.TargetGroupArn);
  }

  async stickyTargetGroup(): Promise<string> {
    const TargetGroupArn = await this.targetGroup();
    await this.makeSticky(TargetGroupArn);
    return TargetGroupArn;
  }

  makeSticky(TargetGroupArn: string): Promise<unknown> {
    const values = { "stickiness.enabled": "true", "stickiness.type": "lb_cookie" };
    return this.setAttributes(TargetGroupArn, values);
  }

  setAttributes(TargetGroupArn: string, values: Record<string, string>): Promise<unknown> {
    const Attributes = Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
    return this.aws.elb.modifyTargetGroupAttributes({ TargetGroupArn, Attributes });
  }

  /** The target group of the listener. */
  application(): Promise<string> {
    return this.once("application", () => this.targetGroup());
  }

  listener(): Promise<string> {
    return this.once("listener", async () => this.newListener({ DefaultActions: forward(await this.application()) }));
  }

  async newListener(input: Partial<CreateListenerCommandInput>): Promise<string> {
    const listener = await this.createListener(input);
    return String(listener?.ListenerArn);
  }

  async createListener(input: Partial<CreateListenerCommandInput>) {
    const { Listeners } = await this.aws.elb.createListener({
      LoadBalancerArn: await this.alb(),
      Protocol: "HTTP",
      Port: 80,
      DefaultActions: undefined,
      ...input,
    });
    return Listeners?.[0];
  }

  /** On the listener, for a path of its own, to the application. */
  async createRule(input: Partial<CreateRuleCommandInput> = {}) {
    const number = ++names;
    const { Rules } = await this.aws.elb.createRule({
      ListenerArn: await this.listener(),
      Priority: number,
      Conditions: path(`/${number}`),
      Actions: forward(await this.application()),
      ...input,
    });
    return Rules?.[0];
  }

  async rule(input: Partial<CreateRuleCommandInput> = {}): Promise<string> {
    return String((await this.createRule(input))?.RuleArn);
  }

  async ingress(GroupId: string, ...IpPermissions: IpPermission[]) {
    const { SecurityGroupRules = [] } = await this.aws.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    return SecurityGroupRules;
  }

  ecs(operation: string, input: object): Promise<Answer> {
    return this.json("ecs", `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  }

  /** A service, behind a target group if it gets one, in a cluster of the same name. */
  async service(targetGroupArn?: string, controller = "ECS"): Promise<string> {
    const name = this.name();
    await this.ecs("CreateCluster", { clusterName: name });
    const containerDefinitions = [{ name: "application", image: "application", memory: 64 }];
    await this.ecs("RegisterTaskDefinition", { family: name, containerDefinitions });
    const loadBalancers = targetGroupArn && [{ targetGroupArn, containerName: "application", containerPort: 80 }];
    const deploymentController = { type: controller };
    const service = {
      ...{ cluster: name, serviceName: name, taskDefinition: name, desiredCount: 0 },
      ...{ loadBalancers, deploymentController },
    };
    await this.ecs("CreateService", service);
    return name;
  }

  async bucket(): Promise<string> {
    const name = this.name("bucket");
    await this.send("s3", "PUT", `/${name}`);
    return name;
  }

  /** A call in the JSON protocol, for services that no client is here for. */
  async json(service: string, target: string, input: object): Promise<Answer> {
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
    return JSON.parse((await this.send(service, "POST", "/", JSON.stringify(input), headers)) || "{}") as Answer;
  }

  /** A request as it is, for what no client sends. */
  async send(service: string, method: string, path: string, body?: string, headers = {}): Promise<string> {
    const authorization = this.signature(service);
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const response = await fetch(`${this.aws.endpoint}${path}`, {
      method,
      body,
      headers: { ...(body?.startsWith("Action=") ? type : {}), ...headers, authorization },
    });
    const text = await response.text();
    if (response.ok) return text;
    const code = /<Code>(\w+)/.exec(text)?.[1] ?? /"__type": *"(?:\w+#)?(\w+)"/.exec(text)?.[1];
    throw Object.assign(new Error(text), { name: code ?? String(response.status) });
  }

  private signature(service: string): string {
    const scope = `${credentials.accessKeyId}/20260101/${region}/${service}/aws4_request`;
    return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  }
}

/** In the short form. */
export function forward(TargetGroupArn: string): Action[] {
  return [{ Type: "forward", TargetGroupArn }];
}

/** To several target groups, with or without group stickiness. */
export function forwardTo(arns: string[], stickiness?: { Enabled: boolean; DurationSeconds?: number }): Action[] {
  const TargetGroups = arns.map((TargetGroupArn) => ({ TargetGroupArn, Weight: 1 }));
  return [{ Type: "forward", ForwardConfig: { TargetGroups, TargetGroupStickinessConfig: stickiness } }];
}

export function path(...Values: string[]): RuleCondition[] {
  return [{ Field: "path-pattern", PathPatternConfig: { Values } }];
}

export function host(...Values: string[]): RuleCondition[] {
  return [{ Field: "host-header", HostHeaderConfig: { Values } }];
}

export function tcp(port: number, peer: Partial<IpPermission>): IpPermission {
  return { IpProtocol: "tcp", FromPort: port, ToPort: port, ...peer };
}

export function cidr(...blocks: string[]): Partial<IpPermission> {
  return { IpRanges: blocks.map((CidrIp) => ({ CidrIp })) };
}

export function group(GroupId: string, Description?: string): Partial<IpPermission> {
  return { UserIdGroupPairs: [{ GroupId, Description }] };
}

/** The numbers from 0. */
export function count(number: number): number[] {
  return Array.from({ length: number }, (_, index) => index);
}
