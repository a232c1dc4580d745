/** The node as Wallarm knows it. */
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches, oneOf } from "../../synth/variables/rules";
import { object, optional, string } from "../../synth/variables/schema";
import { secretSchema } from "../parts/secret";

export const modeSchema = optional(
  string(
    'What the node does with an attack. In "monitoring" and "off" it lets it pass.',
    oneOf("off", "monitoring", "safe_blocking", "block"),
  ),
  "monitoring",
);

/** Source: https://docs.wallarm.com/about-wallarm/overview/#cloud */
export const CLOUDS = { EU: "api.wallarm.com", US: "us1.api.wallarm.com" };

export const cloudSchema = optional(
  string(
    "Wallarm Cloud that the node registers with: EU, US or a host.",
    matches(/^(EU|US|[0-9a-z-]+(\.[0-9a-z-]+)+)$/, "be EU, US or a host name in lower case", {
      accepts: ["EU", "US", "api.wallarm.example"],
      refuses: ["https://api.wallarm.com", "eu", "API.wallarm.com"],
    }),
  ),
  "EU",
);

export const tokenSecretSchema = secretSchema("The secret with the node's token.");

export const groupSchema = optional(
  string(
    "Group of nodes that the node joins; needed with an API token.",
    matches(/^[0-9A-Za-z._-]{1,128}$/, "be letters, digits and the characters ._-", {
      accepts: ["shop", "a".repeat(128)],
      refuses: ["shop nodes", "", "a".repeat(129)],
    }),
  ),
);

export const imageSchema = optional(
  string(
    "Container image of the node, for ecs_container and docker_run.",
    matches(/^[0-9A-Za-z][0-9A-Za-z._:/@-]*$/, "be the name of an image", {
      accepts: ["wallarm/node:7.1.0", "registry.example.com:5000/wallarm/node@sha256:0123"],
      refuses: ["wallarm/node; rm", "", "/node"],
    }),
  ),
  "wallarm/node:7.1.0",
);

/** The line that ends a file in the scripts. */
export const END_OF_FILE = "WALLARM_ROUTING_END";

const snippet = (where: string) =>
  optional(
    string(
      `nginx directives for the ${where} block.`,
      matches(/^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$/, "have no control characters", {
        accepts: ["server_tokens off;\n"],
        refuses: ["server_tokens\u0001off;", "\u001b[0m"],
      }),
      {
        test: (value) => hcl`!strcontains(${value}, ${text`${END_OF_FILE}`})`,
        requirement: `not contain ${END_OF_FILE}, which ends a file`,
        refuses: [`# ${END_OF_FILE}`],
      },
    ),
    "",
  );

export const snippetsSchema = optional(
  object("nginx directives of your own. They are files of their own, so they cannot end the block that they are in.", {
    http: snippet("http"),
    server: snippet("server"),
  }),
  {},
);
