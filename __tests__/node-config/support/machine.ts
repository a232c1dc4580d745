import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Programs that the scripts call, with their folders. */
const PROGRAMS = {
  aws: "bin",
  "apt-get": "bin",
  docker: "bin",
  nginx: "bin",
  systemctl: "bin",
  "cloud-init.py": "opt/wallarm/usr/share/wallarm-common",
  init: "usr/local/bin",
};

/** What a program does on the machine of the tests, beside noting that it was called. */
const BODIES: Partial<Record<keyof typeof PROGRAMS, string>> = {
  aws: 'secret=$6; cat "$FOLDER/secrets/${secret##*:}"',
  "apt-get": 'if [ "$1" = install ]; then mv "$FOLDER/aws" "$FOLDER/bin/aws"; fi',
};

export interface Run {
  readonly failed: boolean;
  readonly output: string;
  /** The programs that were called, each with its arguments. */
  readonly calls: readonly (readonly string[])[];
  /** What is in /etc/nginx, by path. */
  readonly files: Readonly<Record<string, string>>;
}

export interface MachineProps {
  /** ARN of a secret → its value. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** A program that fails. */
  readonly failing?: keyof typeof PROGRAMS;
  /** Whether the command line of AWS is missing. */
  readonly withoutAws?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a script as an instance or a container would, with nothing but stand-ins for whatever it calls. */
export async function run(script: string, props: MachineProps = {}): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "machine-"));
  try {
    for (const name of ["secrets", "etc/nginx/http.d", ...Object.values(PROGRAMS)])
      mkdirSync(join(folder, name), { recursive: true });
    for (const [name, place] of Object.entries(PROGRAMS)) {
      const body = name === props.failing ? "exit 1" : (BODIES[name as keyof typeof PROGRAMS] ?? "");
      const path = join(folder, name === "aws" && props.withoutAws ? "" : place, name);
      writeFileSync(path, `${note(name)}${body}\n`, { mode: 0o755 });
    }
    for (const [arn, value] of Object.entries(props.secrets ?? {}))
      writeFileSync(join(folder, "secrets", arn.split(":").at(-1) ?? ""), value);

    const here = script.replace(/(?<=^|[ '`])\/(?=etc\/nginx|opt\/wallarm|usr\/local\/bin)/gm, `${folder}/`);
    const env = { PATH: `${folder}/bin:/usr/bin:/bin`, FOLDER: folder, ...props.environment };
    const result = await promisify(execFile)("/bin/bash", ["-c", here], { env }).then(
      ({ stdout, stderr }) => ({ failed: false, output: stdout + stderr }),
      (error: unknown) => ({ failed: true, output: (error as { stderr: string }).stderr }),
    );
    const original = (text: string) => text.replaceAll(`${folder}/`, "/");
    const environments = readdirSync(folder).filter((name) => name.startsWith("environment."));
    return {
      ...result,
      calls: calls(join(folder, "calls")).map((call) => call.map(original)),
      files: Object.fromEntries([
        ...texts(join(folder, "etc/nginx")).map(([name, text]): [string, string] => [name, original(text)]),
        ...environments.map((name): [string, string] => [name, readFileSync(join(folder, name), "utf8")]),
      ]),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The beginning of every program: its name, its arguments and its environment are kept. */
function note(name: string): string {
  return `#!/bin/bash
{ printf '%s\\0' '${name}' "$@"; printf '\\n\\0'; } >> "$FOLDER/calls"
env > "$FOLDER/environment.${name}"
`;
}

function calls(path: string): string[][] {
  if (!existsSync(path)) return [];
  const all = readFileSync(path, "utf8").split("\0\n\0");
  return all.slice(0, -1).map((call) => call.split("\0"));
}

function texts(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]);
}
