import { matches } from "../../synth/variables/rules";
import { object, optional, string } from "../../synth/variables/schema";
import { secretArn } from "./identifiers";

/** A value in Secrets Manager. */
export function secretSchema(description: string) {
  return object(description, {
    arn: string("ARN of the secret.", secretArn),
    json_key: optional(
      string(
        "Key of the value, if the secret is a JSON object. Null: the whole secret is the value.",
        matches(/^[0-9A-Za-z_.-]{1,128}$/, "have 1 to 128 letters, digits, and the characters _.-", {
          accepts: ["token", "a".repeat(128)],
          refuses: ["my token", "", "a".repeat(129)],
        }),
      ),
    ),
  });
}
