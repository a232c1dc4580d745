/**
 * Paths in the folder of a registry.
 * Source: https://developer.hashicorp.com/terraform/internals/module-registry-protocol
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rcompare } from "semver";

export const DISCOVERY = ".well-known/terraform.json";
export const MODULES = "v1/modules";
export const INDEX = "index.html";

/** Files in the folder of a version. */
export const ARCHIVE = "module.tar.gz";
export const README = "README.md";

/** The target system, the last part of every address. */
const SYSTEM = "aws";

/** The address of a module on its host: "acme/alb/aws". */
export function addressOf(namespace: string, module: string): string {
  return `${namespace}/${module}/${SYSTEM}`;
}

/** The folder of a module's version. */
export function versionFolder(address: string, version: string): string {
  return join(MODULES, address, version);
}

/** The file that lists the versions of a module for Terraform. */
export function versionsFile(address: string): string {
  return join(MODULES, address, "versions");
}

/** Source: https://github.com/hashicorp/terraform-registry-address/blob/v0.4.0/module.go, moduleRegistryNamePattern */
export function isRegistryName(name: string): boolean {
  return /^[0-9A-Za-z](?:[0-9A-Za-z-_]{0,62}[0-9A-Za-z])?$/.test(name);
}

/** The published versions of a module, newest first. */
export function publishedVersions(registry: string, address: string): string[] {
  const path = join(registry, versionsFile(address));
  if (!existsSync(path)) return [];
  const { modules } = readJson(path) as { modules: { versions: { version: string }[] }[] };
  return (modules[0]?.versions ?? []).map(({ version }) => version).sort(rcompare);
}

/** The addresses of all modules that this program published, in all namespaces. */
export function publishedAddresses(registry: string): string[] {
  return names(join(registry, MODULES)).flatMap((namespace) =>
    names(join(registry, MODULES, namespace))
      .map((module) => addressOf(namespace, module))
      .filter((address) => {
        const [newest] = publishedVersions(registry, address);
        return newest !== undefined && existsSync(join(registry, versionFolder(address, newest), README));
      }),
  );
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} cannot be read as JSON. Restore the file, or publish to another folder with --out.`, {
      cause: error,
    });
  }
}

function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(isRegistryName) : [];
}
