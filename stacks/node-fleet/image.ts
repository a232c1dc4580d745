import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { matches } from "../../synth/variables/rules";
import { example, object, optional, ReferenceTo, string } from "../../synth/variables/schema";

const imageId = matches(/^ami-[0-9a-f]{8,17}$/, 'be an AMI ID such as "ami-0123456789abcdef0"', {
  accepts: ["ami-0123456789abcdef0", "ami-0a1b2c3d"],
  refuses: ["wallarm-node", "ami-0a1b2c3", "resolve:ssm:/wallarm/node"],
});

export const imageSchema = example(
  object(
    "The machine image: a Wallarm NGINX Node image, or your own copy of it.",
    {
      id: optional(string("ID of the image.", imageId)),
      name: optional(
        string(
          "Full name of the image, as a version of it. The plan reads the ID from it.",
          // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html
          matches(/^[0-9A-Za-z()\[\] .\/'@_-]{3,128}$/, "be a full name of 3 to 128 characters, without wildcards", {
            accepts: ["wallarm-node-7-1-20260801", "abc", "a".repeat(128)],
            refuses: ["wallarm-node-7-1-*", "wallarm-node-7-?", "ab", "a".repeat(129)],
          }),
        ),
      ),
      owner: optional(
        string(
          "Account ID of the owner of the image. The default is the account that publishes Wallarm's images on AWS Marketplace.",
          matches(/^([0-9]{12}|self|aws-marketplace)$/, "be an account ID, self, or aws-marketplace", {
            accepts: ["679593333241", "self", "aws-marketplace"],
            refuses: ["wallarm", "67959333324", "6795933332410"],
          }),
        ),
        "679593333241",
      ),
    },
    {
      test: ({ id, name }) => hcl`(${id} == null) != (${name} == null)`,
      requirement: "have either an id or a name",
      refuses: [{ id: null }, { name: "wallarm-node-7-1-20260801" }],
      accepts: [{ id: null, name: "wallarm-node-7-1-20260801" }],
    },
  ),
  { id: "ami-0123456789abcdef0" },
  { name: { id: null } },
);

export type Image = ReferenceTo<typeof imageSchema>;

/** Reads the image: the launch template needs its ID, and the name of its root device. */
export function readImage(scope: Construct, { id, name, owner }: Image): DataAwsAmi {
  return new DataAwsAmi(scope, "image.node", {
    owners: hcl.list`${id} == null ? [${owner}] : null`,
    filter: [{ name: hcl.string`${id} == null ? "name" : "image-id"`, values: hcl.list`[coalesce(${id}, ${name})]` }],
  });
}
