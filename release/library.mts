/**
 * Writes the JavaScript of lib/, which CDKTF programs import from the package. Each source file gets its own file,
 * because two copies of a construct are two different classes. Programs bring CDKTF; other packages are bundled.
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
