/** The header that CloudFront adds to its requests, and which of its two values it sends. */
import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { example, given, object, optional, ReferenceTo, Rule } from "../../synth/variables/schema";
import { secretSchema } from "../parts/secret";
import {
  activeValueField,
  blueGreenValuesSchema,
  DEFAULT_SECRET_HEADER,
  secretHeaderName,
  secretHeaderValue,
} from "../parts/secret-header";
import { addedByCloudFront } from "./custom-headers";

const SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wallarm/header-AbCdEf";

const secret = (which: string) =>
  optional(secretSchema(`The secret with ${which}, which must be 32 to 128 digits and lowercase letters.`));

export const secretHeaderSchema = optional(
  example(
    object(
      "The header that CloudFront adds to requests to the node. The node needs it to identify your distribution, because all customers of CloudFront share its addresses. It has two values for rotation, blue and green, in secrets or in secret_header_values.",
      {
        name: optional(
          { ...secretHeaderName, rules: [...secretHeaderName.rules, addedByCloudFront] },
          DEFAULT_SECRET_HEADER,
        ),
        active: activeValueField,
        secrets: optional(
          object(
            "The values, in Secrets Manager. The module reads only the active one.",
            { blue: secret("the value blue"), green: secret("the value green") },
            {
              test: ({ blue, green }) => hcl`${blue} == null ? true : ${blue} != ${green}`,
              requirement: "have different secrets for blue and green: otherwise, a rotation changes nothing",
              refuses: [given({ secret_header_values: null }, { blue: { arn: SECRET }, green: { arn: SECRET } })],
            },
          ),
          {},
        ),
      },
    ),
    given({ secret_header_values: { blue: "0".repeat(32) } }, {}),
    {
      secrets: given({ secret_header_values: null }, { secrets: { blue: { arn: SECRET } } }),
    },
  ),
  {},
);

export const secretHeaderValuesSchema = optional(
  blueGreenValuesSchema(
    "The values of secret_header, if they are not in Secrets Manager. Only the active one is stored in the state.",
  ),
);

export type SecretHeaderVariable = ReferenceTo<typeof secretHeaderSchema>;

/** What secret_header requires of secret_header_values. */
export function sourceOfValues(): Rule<SecretHeaderVariable>[] {
  const values = hcl`var.secret_header_values`;
  const missing = ({ secrets }: SecretHeaderVariable) =>
    hcl`[for color in ["blue", "green"] : color if ${secrets}[color] == null && try(${values}[color], null) == null]`;
  return [
    {
      test: ({ secrets }) => hcl`(${values} != null) == (${secrets.blue} == null && ${secrets.green} == null)`,
      requirement:
        "have its values either in secrets or in secret_header_values: without a value, the node cannot identify CloudFront, and with both, one would be ignored",
      refuses: [given({ secret_header_values: null }, {}), { secrets: { blue: { arn: SECRET } } }],
      accepts: [given({ secret_header_values: null }, { secrets: { blue: { arn: SECRET } } })],
    },
    {
      // If there is neither, the other rule says so.
      test: (header) => hcl`length(${missing(header)}) == 2 || !contains(${missing(header)}, ${header.active})`,
      requirement:
        "have a value for active: set it in secrets or secret_header_values, or set active to the other value",
      refuses: [
        { active: "green" },
        given({ secret_header_values: null }, { active: "green", secrets: { blue: { arn: SECRET } } }),
      ],
      accepts: [given({ secret_header_values: { blue: null, green: "0".repeat(32) } }, { active: "green" })],
    },
  ];
}

export interface SecretHeaderProps {
  readonly secretHeader: SecretHeaderVariable;
  readonly values: ReferenceTo<typeof secretHeaderValuesSchema>;
}

export class SecretHeader extends Construct {
  /** What CloudFront sends. Sensitive. */
  public readonly value: IResolvable;

  public constructor(scope: Construct, id: string, { secretHeader, values }: SecretHeaderProps) {
    super(scope, id);
    const active = local(this, "active_secret", hcl`${secretHeader.secrets}[${secretHeader.active}]`);
    const valueOf = (version: IResolvable | string) =>
      hcl`${active}.json_key == null ? ${version}.secret_string : jsondecode(${version}.secret_string)[${active}.json_key]`;

    const version = comment(
      new DataAwsSecretsmanagerSecretVersion(this, "active", {
        count: hcl.number`${active} == null ? 0 : 1`,
        secretId: hcl.string`${active}.arn`,
        lifecycle: {
          postcondition: [
            {
              condition: hcl`try(${secretHeaderValue.test(hcl.string(valueOf("self")))}, false)`,
              errorMessage:
                text`secret_header.secrets.${secretHeader.active}: the value in ${hcl`self.arn`} must ` +
                text`${secretHeaderValue.requirement}. If json_key is set, it must be under that key of a JSON object.`,
            },
          ],
        },
      }),
      "Only the active secret is read, so the value of the other one is not in the state.",
    );
    this.value = local(
      this,
      "secret_header_value",
      hcl`${active} == null ? ${values}[${secretHeader.active}] : ${valueOf(hcl`${version.fqn}[0]`)}`,
      "From Secrets Manager, as text or as a key of a JSON object, or from secret_header_values.",
    );
  }
}
