/** The settings of the node in Wallarm. */
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches, oneOf } from "../../synth/variables/rules";
import { object, optional, string } from "../../synth/variables/schema";
import { secretSchema } from "../parts/secret";

export const modeSchema = optional(
  string(
    'Filtration mode of the node. "monitoring" and "off" let attacks pass.',
    oneOf("off", "monitoring", "safe_blocking", "block"),
  ),
  "monitoring",
);

/** Source: https://docs.wallarm.com/about-wallarm/overview/#cloud */
export const CLOUDS = { EU: "api.wallarm.com", US: "us1.api.wallarm.com" };

export const cloudSchema = optional(
  string(
    "Wallarm Cloud with which the node registers: EU, US, or a host name.",
    matches(/^(EU|US|[0-9a-z-]+(\.[0-9a-z-]+)+)$/, "be EU, US, or a host name in lowercase", {
      accepts: ["EU", "US", "api.wallarm.example"],
      refuses: ["https://api.wallarm.com", "eu", "API.wallarm.com"],
    }),
  ),
  "EU",
);

export const tokenSecretSchema = secretSchema("The secret with the node's token.");

export const groupSchema = optional(
  string(
    "Node group that the node joins. Required with an API token.",
    matches(/^[0-9A-Za-z._-]{1,128}$/, "have 1 to 128 letters, digits, and the characters ._-", {
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
        requirement: `not contain ${END_OF_FILE}, which ends a file in the scripts`,
        refuses: [`# ${END_OF_FILE}`],
      },
    ),
    "",
  );

export const snippetsSchema = optional(
  object("Your own nginx directives. Each snippet is a separate file, so it cannot end the block that includes it.", {
    http: snippet("http"),
    server: snippet("server"),
  }),
  {},
);
