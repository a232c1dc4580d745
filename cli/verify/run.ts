import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { EXIT_CODES } from "./check";
import { secondsOfTimeouts } from "./duration";
import { junit } from "./junit";
import { progressOn } from "../progress";
import { Given, readSettings, Settings, SettingsError } from "./settings";
import { table } from "./table";
import { verify } from "./verify";

export interface Flags extends Readonly<Record<string, unknown>> {
  readonly file?: string;
  readonly json?: true;
  readonly junit?: string;
}

/** Runs the tests and sets the exit code. */
export async function run({ file, json, junit: junitPath, ...flags }: Flags, command: Command): Promise<void> {
  // Until there is a report, nothing is known, however the process ends.
  process.exitCode = EXIT_CODES.unknown;
  const settings = await settingsOf(command, flags, file);
  const needed = secondsOfTimeouts(settings);
  if (needed > settings.deadline)
    console.error(
      `warning: if every connection times out, this run takes ${needed} s, and the deadline is ${settings.deadline} s. ` +
        "What is not tested until then is unknown. Set a longer deadline, a shorter timeout, or more concurrency.",
    );
  const report = await verify(settings, progressOn(process.stderr, "tests done"));
  console.log(json ? JSON.stringify({ schema_version: 1, ...report }, undefined, 2) : table(report));
  process.exitCode = EXIT_CODES[report.verdict];
  if (junitPath === undefined) return;
  try {
    writeFileSync(junitPath, junit(report));
  } catch (error) {
    console.error(`error: cannot write ${junitPath}: ${(error as NodeJS.ErrnoException).code}`);
    if (report.verdict === "pass") process.exitCode = EXIT_CODES.unknown;
  }
}

async function settingsOf(
  command: Command,
  flags: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Promise<Settings> {
  try {
    return await readSettings(given(flags), file, process.env);
  } catch (error) {
    if (error instanceof SettingsError) command.error(`error: ${error.message}`);
    throw error;
  }
}

/** The flags in the form of the file. */
function given(flags: Readonly<Record<string, unknown>>): Given {
  const { secretHeaderName: name, secretHeaderEnv: env, secretHeaderFile: path, ...named } = flags;
  const { entryPoints, clientCertificate, clientKey, ...others } = named;
  const { ports, timeout, deadline, concurrency, ...texts } = others;
  const header = defined({ name, env, file: path });
  return defined({
    ...texts,
    entry_points: entryPoints,
    client_certificate: clientCertificate,
    client_key: clientKey,
    secret_header: Object.keys(header).length === 0 ? undefined : header,
    ports: Array.isArray(ports) ? ports.map(number) : undefined,
    timeout: number(timeout),
    deadline: number(deadline),
    concurrency: number(concurrency),
  });
}

function defined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** A number, or the text itself, which the schema of the settings then refuses. */
function number(text: unknown): unknown {
  return typeof text === "string" && /^[0-9.]+$/.test(text) ? Number(text) : text;
}
