import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { Account, SharedProps } from "./contract-schema";

export interface ServiceRoleProps extends SharedProps {
  readonly enabled: IResolvable;
  /** Its purpose in at most 14 characters, which is part of the name of the role. */
  readonly purpose: string;
  /** The service that assumes it. */
  readonly service: string;
  /** The conditions of the trust policy, as an HCL object. */
  readonly condition: IResolvable;
  /** The permissions, as an HCL list of statements. */
  readonly statements: IResolvable;
}

/** A role that an AWS service can assume only for resources of this account. */
export class ServiceRole extends Construct {
  public readonly role: IamRole;
  public readonly policy: IamRolePolicy;

  /** @param id the name of the role's resources too */
  public constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, `${id}-role`);
    const { name, tags, enabled, purpose, service, condition, statements } = props;
    this.role = comment(
      new IamRole(this, id, {
        count: when(enabled),
        namePrefix: text`${name}-${purpose}-`,
        assumeRolePolicy: hcl.string`jsonencode({
        Version = "2012-10-17"
        Statement = [{
          Effect    = "Allow"
          Principal = { Service = "${service}" }
          Action    = "sts:AssumeRole"
          Condition = ${condition}
        }]
      })`,
        tags: hcl.map(tags),
        lifecycle: { ignoreChanges: ["name_prefix"] },
      }),
      "If `name` changes, the role keeps its name, because AWS cannot rename it.",
    );
    this.policy = new IamRolePolicy(this, `policy.${id}`, {
      count: when(enabled),
      name: purpose,
      role: hcl.string`${this.role.fqn}[0].id`,
      policy: hcl.string`jsonencode({
        Version   = "2012-10-17"
        Statement = ${statements}
      })`,
    });
  }

  /** The ARN of the role, or null. */
  public get arn(): IResolvable {
    return hcl`one(${this.role.fqn}[*].arn)`;
  }
}

/**
 * The condition that a service acts for a resource of this account.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function actsFor(account: Account, arn: string): IResolvable {
  return hcl`${{
    StringEquals: { "aws:SourceAccount": account.id },
    ArnLike: { "aws:SourceArn": arn },
  }}`;
}

/** An ARN in this account and Region. */
export function accountArn({ partition, region, id }: Account, service: string, resource: string): string {
  return text`arn:${partition}:${service}:${region}:${id}:${resource}`;
}
