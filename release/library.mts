/**
 * Writes the JavaScript of lib/, what CDKTF programs import from the package: a file for each of ours, because two copies
 * of a construct are two constructs. Whoever imports them brings CDKTF; other packages are in the files that need them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, Plugin } from "esbuild";

const { peerDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { peerDependencies: object };

const keepFilesApart: Plugin = {
  name: "keep-files-apart",
  setup: (build) => {
    build.onResolve({ filter: /^\./ }, ({ kind, path, importer }) =>
      kind === "entry-point" || importer.includes("node_modules") ? undefined : { path, external: true },
    );
  },
};

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

await build({
  entryPoints: ["contract", "files", "stacks", "synth"].flatMap(sources),
  outdir: "lib",
  outbase: ".",
  bundle: true,
  platform: "node",
  target: "node20",
  external: Object.keys(peerDependencies),
  plugins: [keepFilesApart],
  logLevel: "warning",
});
