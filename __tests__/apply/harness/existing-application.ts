import type { LocalAws } from "./local-aws";
import { TerraformRoot } from "./terraform";

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
}

export interface ExistingApplication {
  root: TerraformRoot;
  outputs: ExistingApplicationOutputs;
}

/**
 * Applies `examples/existing-application`. Once in a suite: this takes more than a minute, because the provider waits
 * that long for a load balancer, whoever answers.
 */
export async function createExistingApplication(aws: LocalAws): Promise<ExistingApplication> {
  const root = await TerraformRoot.init(aws, "examples/existing-application", {
    ami_id: "ami-12c6146b", // one of those that moto knows
  });
  await root.apply();
  return { root, outputs: await root.outputs() };
}
