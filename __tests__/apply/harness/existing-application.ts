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
  /** What somebody puts into the variables of `examples/alb`: the application's own output, and the node's. */
  albExampleVariables: Variables;
}

const nodeVariables = {
  node_ami_id: "ami-12c6146b", // one of those that moto knows
  wallarm_token_secret_arn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf",
};

/**
 * Applies `examples/existing-application`. Once in a suite: this takes more than a minute, because the provider waits
 * that long for a load balancer, whoever answers.
 */
export async function createExistingApplication(aws: LocalAws): Promise<ExistingApplication> {
  const root = await TerraformRoot.init(aws, "examples/existing-application", {
    ami_id: nodeVariables.node_ami_id,
  });
  await root.apply();
  const outputs = await root.outputs<ExistingApplicationOutputs>();
  const albExampleVariables = { ...(JSON.parse(outputs.alb_example_variables) as Variables), ...nodeVariables };
  return { root, outputs, albExampleVariables };
}
