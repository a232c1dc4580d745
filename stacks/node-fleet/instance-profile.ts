import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { distinct, matches, notEmpty } from "../../synth/variables/rules";
import { bool, example, list, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { kmsKeyArn, secretArn } from "../parts/identifiers";

const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wallarm/token-AbCdEf";
const KEY = "arn:aws:kms:eu-central-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";

export const secretArnsSchema = list(
  "ARNs of the secrets that the boot script reads: the output secret_arns of the module node-config. The instances can read no other secret.",
  "arn",
  string("ARN.", secretArn),
  notEmpty("secret"),
  distinct("secret", [SECRET, SECRET]),
);

export const kmsKeyArnsSchema = optional(
  list(
    "ARNs of the customer managed KMS keys that encrypt these secrets.",
    "arn",
    string("ARN.", kmsKeyArn),
    distinct("key", [KEY, KEY]),
  ),
  [],
);

export const iamSchema = optional(
  example(
    object(
      "The instances' permissions.",
      {
        instance_profile: optional(
          object(
            "Your own instance profile. Its role needs the output role_policy. Null: the module creates a profile and a role.",
            {
              arn: string(
                "ARN.",
                matches(/^arn:[a-z-]+:iam::[0-9]{12}:instance-profile\/.+$/, "be the ARN of an instance profile", {
                  accepts: ["arn:aws:iam::123456789012:instance-profile/wallarm-node"],
                  refuses: ["wallarm-node", "arn:aws:iam::123456789012:role/wallarm-node"],
                }),
              ),
            },
          ),
        ),
        permissions_boundary_arn: optional(
          string(
            "ARN of the permissions boundary of the role.",
            matches(/^arn:[a-z-]+:iam::([0-9]{12}|aws):policy\/.+$/, "be the ARN of a policy", {
              accepts: ["arn:aws:iam::123456789012:policy/boundary", "arn:aws:iam::aws:policy/PowerUserAccess"],
              refuses: ["boundary", "arn:aws:iam::123456789012:role/boundary"],
            }),
          ),
        ),
        ssm_access: optional(
          bool("Whether AWS Systems Manager can manage the instances, for Session Manager instead of SSH."),
          false,
        ),
      },
      {
        test: ({ instance_profile, permissions_boundary_arn, ssm_access }) =>
          hcl`${instance_profile} == null || (${permissions_boundary_arn} == null && !${ssm_access})`,
        requirement:
          "set permissions_boundary_arn and ssm_access only for the module's own role, without instance_profile",
        refuses: [
          {
            instance_profile: { arn: "arn:aws:iam::123456789012:instance-profile/wallarm-node" },
            permissions_boundary_arn: "arn:aws:iam::123456789012:policy/boundary",
          },
          {
            instance_profile: { arn: "arn:aws:iam::123456789012:instance-profile/wallarm-node" },
            ssm_access: true,
          },
        ],
      },
    ),
    {},
  ),
  {},
);

export interface InstanceProfileProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly secretArns: IResolvable;
  readonly kmsKeyArns: IResolvable;
  readonly iam: ReferenceTo<typeof iamSchema>;
}

/** What an instance may do: read its secrets, and report the result of its boot. */
export class InstanceProfile extends Construct {
  public readonly arn: IResolvable;
  public readonly roleName: IResolvable;
  /** The policy of the role, as JSON. */
  public readonly policy: IResolvable;
  /** What must exist before an instance boots. */
  public readonly permissions: ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: InstanceProfileProps) {
    super(scope, id);
    const { name, tags, iam } = props;
    const partition = new DataAwsPartition(this, "current").partition;
    const own = hcl`${iam.instance_profile} == null`;
    this.policy = local(this, "role_policy", policyDocument(partition, props));

    const role = new IamRole(this, "node", {
      count: when(own),
      namePrefix: text`${name}-node-`,
      description: "Wallarm Node",
      permissionsBoundary: iam.permissions_boundary_arn,
      assumeRolePolicy: hcl.string`jsonencode(${{
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }})`,
      tags: hcl.map(tags),
    });
    const roleName = hcl.string`${role.fqn}[0].name`;
    const policy = new IamRolePolicy(this, "policy.node", {
      count: when(own),
      name: "node",
      role: roleName,
      policy: hcl.string(this.policy),
    });
    const ssm = new IamRolePolicyAttachment(this, "ssm", {
      count: when(hcl`${iam.ssm_access}`),
      role: roleName,
      policyArn: text`arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
    const profile = comment(
      new IamInstanceProfile(this, "profile.node", {
        count: when(own),
        namePrefix: text`${name}-node-`,
        role: roleName,
        tags: hcl.map(tags),
      }),
      "An instance that boots before the role has its permissions fails, so the Auto Scaling group depends on them.",
    );
    this.arn = hcl`${own} ? one(${profile.fqn}[*].arn) : ${iam.instance_profile.arn}`;
    this.roleName = hcl`one(${role.fqn}[*].name)`;
    this.permissions = [policy, ssm];
  }
}

/** AWS lets nobody list only some instances: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html */
function policyDocument(partition: string, { name, secretArns, kmsKeyArns }: InstanceProfileProps): IResolvable {
  const groups = text`arn:${partition}:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${name}-node-*`;
  return hcl`jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = ${secretArns} },
        { Effect = "Allow", Action = "autoscaling:DescribeAutoScalingInstances", Resource = "*" },
        { Effect = "Allow", Action = "autoscaling:CompleteLifecycleAction", Resource = ${groups} },
      ],
      [
        for arn in ${kmsKeyArns} : {
          Effect    = "Allow"
          Action    = "kms:Decrypt"
          Resource  = arn
          Condition = { StringLike = { "kms:ViaService" = "secretsmanager.*.amazonaws.com" } }
        }
      ],
    )
  })`;
}
