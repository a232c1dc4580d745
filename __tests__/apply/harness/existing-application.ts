import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalAws } from "./local-aws";
import { TerraformRoot, type Variables } from "./terraform";

/** Outputs of `examples/existing-application`. */
export interface ExistingApplicationOutputs {
  vpc_id: string;
  public_subnet_ids: string[];
  private_subnet_ids: string[];
  private_subnet_cidrs: string[];
  load_balancer_arn: string;
  load_balancer_dns_name: string;
  load_balancer_security_group_id: string;
  listener_arns: { public: string; admin: string };
  application_target_group_arn: string;
  api_target_group_arn: string;
  application_security_group_id: string;
  application_instance_ids: string[];
  application_private_ips: string[];
  network_load_balancer_arn: string;
  network_load_balancer_security_group_id: string;
  network_target_group_arn: string;
  /** In JSON. */
  alb_example_variables: string;
}

export interface ExistingApplication {
  root: TerraformRoot;
  outputs: ExistingApplicationOutputs;
  /** What somebody puts into the variables of `examples/alb/complete`: the application's own output, and the node's. */
  albExampleVariables: Variables;
}

const example = join(__dirname, "../../../examples/existing-application");

export const nodeVariables = {
  node_ami_id: "ami-12c6146b", // one of those that moto knows
  wallarm_token_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf",
};

/** Applies `examples/existing-application`: takes more than a minute, because the provider waits for load balancers. */
export async function applyExistingApplication(aws: LocalAws): Promise<ExistingApplication> {
  const root = await initialized(aws);
  await root.apply();
  return described(root);
}

/**
 * The same, in a few seconds: what the provider waits for is made through the SDK, with what it needs, and imported. The
 * state is that of the application's owner, whose plans show what a scenario does to it.
 */
export async function createExistingApplication(aws: LocalAws): Promise<ExistingApplication> {
  const root = await initialized(aws);
  const imports = Object.entries(await createSlowResources(aws));
  await root.write("import.tf", imports.map(([to, id]) => `import {\n  to = ${to}\n  id = "${id}"\n}\n`).join("\n"));
  await root.apply();
  return described(root);
}

/** @returns ids by address in the example, which says what each is to be: a plan would show what differs */
async function createSlowResources(aws: LocalAws): Promise<Record<string, string>> {
  const { elb, ec2 } = aws;
  type Tagged = "vpc" | "subnet" | "internet-gateway" | "security-group" | "instance";
  const tags = (ResourceType: Tagged, Value: string) => ({
    TagSpecifications: [{ ResourceType, Tags: [{ Key: "Name", Value }] }],
  });

  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16", ...tags("vpc", "shop") });
  const VpcId = String(Vpc?.VpcId);
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });

  const { InternetGateway } = await ec2.createInternetGateway(tags("internet-gateway", "shop"));
  const InternetGatewayId = String(InternetGateway?.InternetGatewayId);
  await ec2.attachInternetGateway({ VpcId, InternetGatewayId });

  const subnet = async (name: string, AvailabilityZone: string, CidrBlock: string): Promise<string> => {
    const { Subnet } = await ec2.createSubnet({
      VpcId,
      AvailabilityZone,
      CidrBlock,
      ...tags("subnet", `shop-${name}-${AvailabilityZone}`),
    });
    return String(Subnet?.SubnetId);
  };
  const publicSubnets = {
    "us-east-1a": await subnet("public", "us-east-1a", "10.0.0.0/24"),
    "us-east-1b": await subnet("public", "us-east-1b", "10.0.1.0/24"),
  };
  const privateSubnets = {
    "us-east-1a": await subnet("private", "us-east-1a", "10.0.10.0/24"),
    "us-east-1b": await subnet("private", "us-east-1b", "10.0.11.0/24"),
  };

  const securityGroup = async (name: string, Description: string): Promise<string> => {
    const GroupName = `shop-${name}`;
    const { GroupId } = await ec2.createSecurityGroup({
      VpcId,
      GroupName,
      Description,
      ...tags("security-group", GroupName),
    });
    const everything = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    // AWS's own rule, which Terraform takes away from the groups that it makes.
    await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: everything });
    return String(GroupId);
  };
  const groups = {
    load_balancer: await securityGroup("load-balancer", "Load balancer of the application"),
    network_load_balancer: await securityGroup("network-load-balancer", "Network Load Balancer of the application"),
    application: await securityGroup("application", "Instances of the application"),
  };

  const loadBalancer = async (Name: string, Type: "application" | "network", group: string): Promise<string> => {
    const Subnets = Object.values(publicSubnets);
    const { LoadBalancers } = await elb.createLoadBalancer({ Name, Type, Subnets, SecurityGroups: [group] });
    return String(LoadBalancers?.[0]?.LoadBalancerArn);
  };

  const instance = async (zone: string, SubnetId: string): Promise<string> => {
    const { Instances } = await ec2.runInstances({
      ImageId: nodeVariables.node_ami_id,
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [groups.application],
      MetadataOptions: { HttpTokens: "required" },
      UserData: await readFile(join(example, "application.py"), "base64"),
      ...tags("instance", `shop-${zone}`),
    });
    return String(Instances?.[0]?.InstanceId);
  };

  const ids: Record<string, string> = {
    "aws_vpc.this": VpcId,
    "aws_internet_gateway.this": InternetGatewayId,
    "aws_lb.this": await loadBalancer("shop", "application", groups.load_balancer),
    "aws_lb.network": await loadBalancer("shop-network", "network", groups.network_load_balancer),
  };
  for (const [name, id] of Object.entries(groups)) ids[`aws_security_group.${name}`] = id;
  for (const [zone, id] of Object.entries(publicSubnets)) ids[`aws_subnet.public["${zone}"]`] = id;
  for (const [zone, id] of Object.entries(privateSubnets)) {
    ids[`aws_subnet.private["${zone}"]`] = id;
    ids[`aws_instance.application["${zone}"]`] = await instance(zone, id);
  }
  return ids;
}

function initialized(aws: LocalAws): Promise<TerraformRoot> {
  return TerraformRoot.init(aws, "examples/existing-application", { ami_id: nodeVariables.node_ami_id });
}

async function described(root: TerraformRoot): Promise<ExistingApplication> {
  const outputs = await root.outputs<ExistingApplicationOutputs>();
  const albExampleVariables = { ...(JSON.parse(outputs.alb_example_variables) as Variables), ...nodeVariables };
  return { root, outputs, albExampleVariables };
}
