/** The settings, from flags and from a file with the same names. */
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { Document, LineCounter, parseDocument } from "yaml";
import * as z from "zod";
import { VANTAGES } from "../../model/vantage";
import { Address, parseAddress } from "./address";
import { Application } from "./application";
import { Mode, MODES } from "./attack-detection";
import { SecretHeader } from "./bypass-header";
import { defaultDeadline, LONGEST } from "./duration";
import { ClientCertificate } from "./send";

export interface Settings {
  /** Host header, and server name in TLS. */
  readonly host: string | undefined;
  /** Addresses of the application. */
  readonly direct: readonly Address[];
  /** What may be part of the application, and is not known. */
  readonly unknowns: Application["unknowns"];
  /** Addresses of nodes. */
  readonly node: readonly Address[];
  readonly secretHeader: SecretHeader | undefined;
  readonly entryPoints: readonly Address[];
  /** For servers that ask for one. */
  readonly clientCertificate: ClientCertificate | undefined;
  readonly mode: Mode;
  readonly cloud: Cloud | undefined;
  /** Seconds to connect, and then to get an answer. */
  readonly timeout: number;
  /** Seconds for the whole run. */
  readonly deadline: number;
  /** Requests at the same time. */
  readonly concurrency: number;
}

export const CLOUDS = ["EU", "US"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** An error that the caller must correct. */
export class SettingsError extends Error {}

const port = z.int().min(1).max(65535);
const seconds = z.number().min(0.1).max(LONGEST);

const schema = z.strictObject({
  host: z
    .string()
    .regex(/^[0-9A-Za-z]([0-9A-Za-z.-]{0,251}[0-9A-Za-z])?(:[0-9]{1,5})?$/)
    .optional(),
  direct: z.array(z.string()).min(1).optional(),
  ports: z.array(port).min(1).default([80, 443]),
  routing: z.array(z.string()).min(1).optional(),
  snapshot: z.array(z.string()).min(1).optional(),
  from: z.enum(VANTAGES).optional(),
  node: z.array(z.string()).min(1).optional(),
  secret_header: z
    .strictObject({
      name: z.string().regex(/^[0-9A-Za-z!#$%&'*+.^_`|~-]+$/),
      env: z.string().min(1).optional(),
      file: z.string().min(1).optional(),
    })
    .optional(),
  entry_points: z.array(z.string()).min(1).optional(),
  client_certificate: z.string().min(1).optional(),
  client_key: z.string().min(1).optional(),
  mode: z.enum(MODES).default("block"),
  cloud: z.enum(CLOUDS).optional(),
  timeout: seconds.default(10),
  deadline: seconds.optional(),
  concurrency: z.int().min(1).max(256).default(32),
});

/** The settings by name. The flags have the same names. */
export type Given = Readonly<Partial<Record<keyof z.input<typeof schema>, unknown>>>;

/** The ends of messages that start with "… must be". */
const REQUIREMENTS: Readonly<Record<string, string>> = {
  host: 'a host name such as "shop.example.com"',
  direct: "a list with at least one address",
  "direct[]": "an address",
  ports: "a list with at least one port",
  "ports[]": "a port from 1 to 65535",
  routing: 'a list of files of "terraform output -json"',
  "routing[]": "the path of a file",
  snapshot: 'a list of files of the command "snapshot"',
  "snapshot[]": "the path of a file",
  from: `one of ${VANTAGES.join(", ")}`,
  node: "a list with at least one address",
  "node[]": "an address",
  secret_header: "an object with name, and env or file",
  "secret_header.name": 'the name of a header such as "X-CloudFront-Secret"',
  "secret_header.env": "the name of an environment variable",
  "secret_header.file": "the path of a file",
  entry_points: "a list with at least one address",
  "entry_points[]": "an address",
  client_certificate: "the path of a PEM file",
  client_key: "the path of a PEM file",
  mode: `one of ${MODES.join(", ")}`,
  cloud: `one of ${CLOUDS.join(", ")}`,
  timeout: "a number of seconds from 0.1 to 3600",
  deadline: "a number of seconds from 0.1 to 3600",
  concurrency: "a whole number from 1 to 256",
};

/**
 * @param file path of a YAML file; flags take precedence
 * @throws SettingsError, which shows the received value, but never a secret
 */
export async function readSettings(
  flags: Given,
  file: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<Settings> {
  const given = { ...(file === undefined ? {} : readYaml(file)), ...flags };
  const { data, error } = schema.safeParse(given, { reportInput: true });
  if (error !== undefined) throw new SettingsError(error.issues.map(described).join("\n"));

  const { host, ports, mode, cloud, timeout, deadline, concurrency } = data;
  const addresses = (name: "direct" | "node" | "entry_points", texts: readonly string[], some: readonly number[]) =>
    texts.flatMap((text, index) => {
      const found = parseAddress(text, some);
      if (typeof found === "string") throw refusal(`${name}[${index}]`, found, text);
      return found;
    });
  const { direct, unknowns } = await readApplication(data);
  const targets = {
    ...{ timeout, concurrency },
    direct: addresses("direct", [...(data.direct ?? []), ...direct], ports),
    // A node or entry point has one address, which uses TLS by default.
    node: addresses("node", data.node ?? [], [443]),
    entryPoints: addresses("entry_points", data.entry_points ?? [], [443]),
  };
  const settings = {
    ...{ host, mode, cloud, unknowns },
    ...targets,
    deadline: deadline ?? defaultDeadline(targets),
    clientCertificate: readClientCertificate(data.client_certificate, data.client_key),
    secretHeader: data.secret_header && readSecretHeader(data.secret_header, environment),
  };
  if (settings.direct.length + settings.node.length + settings.entryPoints.length + unknowns.length === 0)
    throw new SettingsError(
      data.routing === undefined
        ? "There is nothing to test. Set direct, node, or entry_points, or routing and snapshot."
        : "There is nothing to test: the application has no public address in the snapshot. Set entry_points, or run verify in the VPC, with from: vpc.",
    );
  if (settings.node.length > 0 && settings.secretHeader === undefined)
    throw new SettingsError(
      "node needs secret_header, the header that the node requires. Set its name, and env or file.",
    );
  if (settings.node.length === 0 && settings.secretHeader !== undefined)
    throw new SettingsError("secret_header needs node, the addresses of the nodes that require the header.");
  return settings;
}

/** @throws SettingsError if a file is wrong, or one of the settings is missing */
async function readApplication({ routing, snapshot, from }: z.output<typeof schema>): Promise<Application> {
  if (routing === undefined && snapshot === undefined && from === undefined) return { direct: [], unknowns: [] };
  if (routing === undefined || snapshot === undefined || from === undefined)
    throw new SettingsError(
      `routing, snapshot, and from must be set together: outputs of the modules, snapshots of their accounts, and where verify runs (${VANTAGES.join(" or ")}).`,
    );
  const { application } = await import("../account");
  try {
    return application(routing, snapshot, from);
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws SettingsError, which never shows the text, because it may contain a secret by mistake */
function readYaml(file: string): Given {
  const lineCounter = new LineCounter();
  const document = parseDocument(read(file, `The file ${file}`), { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new SettingsError(`${file} is not valid YAML in line ${line}, column ${col}: ${error.code}.`);
  }
  const value = values(file, document);
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new SettingsError(`${file} must contain settings by name, such as "direct: [10.0.1.10]".`);
  return value;
}

function values(file: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    throw new SettingsError(`${file} has too many aliases (*name), or one without its anchor (&name).`);
  }
}

/** @throws SettingsError, which shows no names, because one may be the secret by mistake */
function readSecretHeader(
  { name, env, file }: { name: string; env?: string | undefined; file?: string | undefined },
  environment: NodeJS.ProcessEnv,
): SecretHeader {
  if ((env === undefined) === (file === undefined))
    throw new SettingsError("secret_header must have either env or file, which has the value of the header.");
  const text = env === undefined ? read(file ?? "", "The file in secret_header.file") : environment[env];
  if (text === undefined) throw new SettingsError("The environment variable in secret_header.env is not set.");
  const value = text.replace(/\r?\n$/, "");
  if (!/^[!-~]{16,4096}$/.test(value))
    throw new SettingsError(
      `The value of secret_header must have 16 to 4096 visible ASCII characters without spaces. It has ${value.length} characters.`,
    );
  return { name, value };
}

/** @throws SettingsError, which shows nothing of the files */
function readClientCertificate(cert: string | undefined, key: string | undefined): ClientCertificate | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new SettingsError(
      "client_certificate and client_key must be set together: the PEM files of one certificate.",
    );
  const found = {
    cert: read(cert, "The file in client_certificate"),
    key: read(key, "The file in client_key"),
  };
  try {
    createSecureContext(found);
  } catch (error) {
    throw new SettingsError(
      `client_certificate and client_key must be PEM files of one certificate, the key without a passphrase: ${(error as NodeJS.ErrnoException).code}.`,
    );
  }
  return found;
}

function read(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SettingsError(`${name} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

function described(issue: z.core.$ZodIssue): string {
  const path = issue.path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .slice(1);
  if (issue.code === "unrecognized_keys") {
    const known = path === "" ? Object.keys(schema.shape) : ["name", "env", "file"];
    return `${path === "" ? "" : `${path}: `}${issue.keys.join(", ")} is not a setting. Settings: ${known.join(", ")}.`;
  }
  return refusal(path, `be ${REQUIREMENTS[path.replace(/\d+/, "")]}`, issue.input).message;
}

function refusal(path: string, requirement: string, received: unknown): SettingsError {
  if (received === undefined) return new SettingsError(`${path} must ${requirement}. It is missing.`);
  // The value may be the secret itself by mistake, which must not get into a log.
  if (path.startsWith("secret_header")) return new SettingsError(`${path} must ${requirement}.`);
  const shown = JSON.stringify(received).replace(/\/\/[^/@]*@/, "//***@");
  return new SettingsError(`${path} must ${requirement}. Received: ${shown}.`);
}
