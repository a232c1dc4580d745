import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { matches, wholeNumber } from "../../synth/variables/rules";
import { bool, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { kmsKeyArn } from "../parts/identifiers";
import { Image, readImage } from "./image";
import { LaunchScriptProps, launchScript, USER_DATA_BYTES } from "./launch-script";

export const instanceTypeSchema = string(
  "Instance type. Wallarm recommends t3.medium for tests and m4.xlarge for production.",
  matches(/^[a-z0-9-]+\.[a-z0-9-]+$/, 'be an instance type such as "m4.xlarge"', {
    accepts: ["m4.xlarge", "u-6tb1.metal"],
    refuses: ["m4", "M4.XLARGE", "m4.xlarge "],
  }),
);

export const rootVolumeSchema = optional(
  object("The root volume. It is always encrypted.", {
    // https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
    size: optional(number("Size in GiB. Null: the size of the image.", wholeNumber(1, 65536, "GiB"))),
    kms_key_arn: optional(
      string(
        "ARN of a customer managed KMS key. Its policy must admit the service-linked role of EC2 Auto Scaling. Null: the account's default key for EBS.",
        kmsKeyArn,
      ),
    ),
  }),
  {},
);

export const publicAddressSchema = optional(
  bool("Whether the instances get public IPv4 addresses. Without one, they need a NAT gateway or endpoints to boot."),
  false,
);

export const detailedMonitoringSchema = optional(
  bool(
    "Whether instances send metrics every minute, which scaling reacts to faster, instead of every five. AWS charges for it.",
  ),
  true,
);

export interface NodeTemplateProps extends LaunchScriptProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly image: Image;
  readonly instanceType: string;
  readonly rootVolume: ReferenceTo<typeof rootVolumeSchema>;
  readonly associatePublicIpAddress: IResolvable;
  readonly detailedMonitoring: IResolvable;
  readonly instanceProfileArn: IResolvable;
  readonly securityGroupIds: IResolvable;
}

/** What an instance of the node is made of. */
export class NodeTemplate extends Construct {
  public readonly resource: LaunchTemplate;

  public constructor(scope: Construct, id: string, props: NodeTemplateProps) {
    super(scope, id);
    const { name, tags, rootVolume } = props;
    const image = readImage(this, props.image);
    const userData = local(
      this,
      "user_data",
      hcl`base64encode(${launchScript(this, props)})`,
      "Contains no secret: the boot script reads them from Secrets Manager.",
    );
    const named = hcl.map`merge(${tags}, ${{ Name: text`${name}-node` }})`;

    this.resource = new LaunchTemplate(this, "node", {
      namePrefix: text`${name}-node-`,
      description: "Wallarm Node",
      imageId: image.id,
      instanceType: props.instanceType,
      userData: hcl.string(userData),
      iamInstanceProfile: { arn: hcl.string(props.instanceProfileArn) },
      networkInterfaces: [
        {
          associatePublicIpAddress: hcl.string(props.associatePublicIpAddress),
          securityGroups: hcl.list(props.securityGroupIds),
          deleteOnTermination: "true",
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: image.rootDeviceName,
          ebs: {
            encrypted: "true",
            kmsKeyId: rootVolume.kms_key_arn,
            volumeSize: rootVolume.size,
            volumeType: "gp3",
            deleteOnTermination: "true",
          },
        },
      ],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      monitoring: { enabled: props.detailedMonitoring },
      tagSpecifications: ["instance", "network-interface", "volume"].map((resourceType) => ({
        resourceType,
        tags: named,
      })),
      tags: hcl.map(tags),
      lifecycle: {
        createBeforeDestroy: true,
        precondition: [
          {
            condition: hcl`length(${userData}) / 4 * 3 <= ${USER_DATA_BYTES + 2}`,
            errorMessage:
              text`The user data is longer than the ${USER_DATA_BYTES} bytes that EC2 allows. Shorten the snippets of the ` +
              "module node-config, or move them to the machine image.",
          },
        ],
      },
    });
  }
}
