import { IResolvable } from "cdktf";
import { hcl } from "../../synth/expression";
import { matches } from "../../synth/rules";
import { object, optional, string } from "../../synth/schema";
import { secretArn } from "../parts/identifiers";

/** A value in Secrets Manager, which the node reads itself: it is in no state, plan or user data. */
export function secretSchema(description: string) {
  return object(description, {
    arn: string("ARN of the secret.", secretArn),
    json_key: optional(
      string(
        "Key of the value, where the secret is a JSON object; null: the secret is the value.",
        matches(/^[0-9A-Za-z_.-]{1,128}$/, "be a key of letters, digits and the characters _.-"),
      ),
    ),
  });
}

/**
 * The secret as a container definition names it.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @param secret HCL of an object with arn and json_key
 */
export function valueFrom(secret: IResolvable | string): IResolvable {
  return hcl`${secret}.json_key == null ? ${secret}.arn : "\${${secret}.arn}:\${${secret}.json_key}::"`;
}
