import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rcompare } from "semver";
import { apply, Change, summary } from "../../files/change";
import { sha256 } from "../checksum";
import { moduleNames, moduleTexts } from "../modules";
import { archive } from "./archive";
import {
  addressOf,
  ARCHIVE,
  DISCOVERY,
  INDEX,
  MODULES,
  publishedAddresses,
  publishedVersions,
  README,
  readJson,
  versionFolder,
  versionsFile,
} from "./layout";
import { GENERATOR, indexPage, ListedModule, versionPage } from "./page";

export interface Publication {
  readonly out: string;
  readonly namespace: string;
  readonly version: string;
}

/** A module to publish. */
interface Release {
  readonly address: string;
  readonly version: string;
  readonly archive: Uint8Array;
  readonly readme: string;
}

/**
 * Adds a version of every module to a registry, or nothing.
 * @returns the exit code: 1 if the version was published with other files
 */
export async function publish({ out, namespace, version }: Publication): Promise<number> {
  const releases = await Promise.all(
    moduleNames.map(async (module): Promise<Release> => {
      const texts = moduleTexts(module);
      return {
        address: addressOf(namespace, module),
        version,
        archive: await archive(texts),
        readme: texts.get("README.md") ?? "",
      };
    }),
  );

  const [published, fresh] = [true, false].map((whether) =>
    releases.filter(({ address }) => publishedVersions(out, address).includes(version) === whether),
  ) as [Release[], Release[]];
  const different = published.filter((release) => !isSame(out, release)).map(({ address }) => address);
  if (different.length > 0) {
    console.error(
      `Nothing was written, because version ${version} is already published with other files: ${different.join(", ")}. Publish another version.`,
    );
    return 1;
  }

  // The list of versions comes after the files of the new one.
  const wanted = [
    ...fresh.flatMap((release) => versionFiles(release)),
    ...fresh.map(({ address }) => versionsText(address, [version, ...publishedVersions(out, address)])),
    [DISCOVERY, discovery(join(out, DISCOVERY))] as const,
    [INDEX, index(out, fresh)] as const,
  ];
  const changes = wanted
    .map(([name, content]) => change(join(out, name), content))
    .filter(({ before, after }) => before !== after);
  refuseForeignIndex(join(out, INDEX));
  apply(changes);
  for (const one of changes) console.log(summary(one));
  return 0;
}

function isSame(out: string, { address, version, archive }: Release): boolean {
  const path = join(out, versionFolder(address, version), ARCHIVE);
  return existsSync(path) && sha256(readFileSync(path)) === sha256(archive);
}

type File = readonly [path: string, content: string | Uint8Array];

function versionFiles({ address, version, archive, readme }: Release): File[] {
  const folder = versionFolder(address, version);
  return [
    [join(folder, ARCHIVE), archive],
    [join(folder, "SHA256SUMS"), `${sha256(archive)}  ${ARCHIVE}\n`],
    [join(folder, README), readme],
    [join(folder, INDEX), versionPage({ address, version, sha256: sha256(archive), readme })],
    [join(folder, "download"), `${JSON.stringify({ location: `./${ARCHIVE}?checksum=sha256:${sha256(archive)}` })}\n`],
  ];
}

function versionsText(address: string, versions: readonly string[]): File {
  const list = [...versions].sort(rcompare).map((version) => ({ version }));
  return [versionsFile(address), `${JSON.stringify({ modules: [{ versions: list }] }, null, 2)}\n`];
}

/** Service discovery of the host. Other services stay. */
function discovery(path: string): string {
  const service = "modules.v1";
  const location = `/${MODULES}/`;
  const services = existsSync(path) ? (readJson(path) as Record<string, unknown>) : {};
  if (![undefined, location].includes(services[service] as string | undefined))
    throw new Error(
      `In ${path}, the modules of this host are at "${String(services[service])}", not at "${location}". Publish to another folder with --out.`,
    );
  return `${JSON.stringify({ ...services, [service]: location }, null, 2)}\n`;
}

/** The start page after this publication. */
function index(out: string, fresh: readonly Release[]): string {
  const addresses = new Set([...publishedAddresses(out), ...fresh.map(({ address }) => address)]);
  return indexPage([...addresses].sort().map((address) => listedModule(out, address, fresh)));
}

function listedModule(out: string, address: string, fresh: readonly Release[]): ListedModule {
  const release = fresh.find((one) => one.address === address);
  const versions = publishedVersions(out, address)
    .concat(release?.version ?? [])
    .sort(rcompare);
  const [newest = ""] = versions;
  const readme =
    newest === release?.version
      ? release.readme
      : readFileSync(join(out, versionFolder(address, newest), README), "utf8");
  return { address, versions, newest, readme };
}

function refuseForeignIndex(path: string): void {
  if (existsSync(path) && !readFileSync(path, "utf8").includes(GENERATOR))
    throw new Error(
      `${path} is not from this program, so it was not overwritten. Move the file, or publish to another folder with --out.`,
    );
}

function change(path: string, after: string | Uint8Array): Change<string | Uint8Array> {
  return { path, before: existsSync(path) ? readFileSync(path, "utf8") : undefined, after };
}
