import { oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { onlyWithNode, Routing } from "./contract-schema";
import { bucketName } from "../parts/identifiers";

/** The variable `config_rules`. */
export const configRulesSchema = (routing: Routing) =>
  optional(
    object(
      "AWS Config rules for the security groups. Null: none.",
      {
        recorder: string(
          '"existing": this account and Region have a configuration recorder for security groups. If not, the apply fails. "create": they have none, and the module creates one. There can be only one, so set it for only one application in a Region.',
          oneOf("existing", "create"),
        ),
        recorder_bucket: optional(
          object(
            "An existing bucket for a new recorder. Its policy must allow AWS Config to write. Null: the module creates one.",
            { name: string("Name.", bucketName) },
          ),
        ),
        recorder_retention_in_days: optional(
          number("Days after which objects in the module's bucket expire.", wholeNumber(1, 36500, "days")),
          365,
        ),
        node_ssh: optional(
          bool("Whether a rule also checks that port 22 of the node is not open to the internet."),
          false,
        ),
      },
      onlyWithNode(routing, ({ node_ssh }) => node_ssh, { field: "node_ssh", refuses: { node_ssh: true } }),
    ),
  );

export type ConfigRulesReference = ReferenceTo<ReturnType<typeof configRulesSchema>>;
