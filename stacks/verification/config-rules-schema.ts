import { oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { bucketName } from "../parts/identifiers";

/** The variable `config_rules`. */
export const configRulesSchema = optional(
  object("Rules of AWS Config that watch the security groups. Null: none.", {
    recorder: string(
      '"existing": this account and Region have a configuration recorder that records security groups, or the apply fails. "create": they have none, and get one; there can be only one, so never for two applications in one Region.',
      oneOf("existing", "create"),
    ),
    recorder_bucket_name: optional(
      string(
        "Name of an existing bucket, with a policy that lets AWS Config in, for a recorder that is created. Null: the module makes one.",
        bucketName,
      ),
    ),
    recorder_retention_in_days: optional(
      number("Days after which the module's bucket forgets.", wholeNumber(1, 36500, "days")),
      365,
    ),
    node_ssh: optional(
      bool("Whether a rule also watches that nobody in the world is admitted to the node's port 22."),
      false,
    ),
  }),
);

export type ConfigRulesReference = ReferenceTo<typeof configRulesSchema>;
