/**
 * Bundles the command line. What reads accounts is a bundle of its own, which only its commands load: the AWS SDK would make
 * all others start later.
 */
import { build, BuildOptions, Plugin } from "esbuild";
import { writeFileSync } from "node:fs";

/** The folder for the bundles. */
const [, , folder = "build"] = process.argv;

const accountApart: Plugin = {
  name: "account-apart",
  setup: (setup) => {
    setup.onResolve({ filter: /^\.\.\/account$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./account.js", external: true } : undefined,
    );
  },
};

const bundles: Readonly<Record<string, BuildOptions>> = {
  cli: { entryPoints: ["cli/main.ts"], plugins: [accountApart] },
  // Its modules, not CommonJS: what no command calls is left out.
  account: {
    entryPoints: ["cli/account.ts"],
    mainFields: ["module", "main"],
    minifyWhitespace: true,
    minifySyntax: true,
  },
};

for (const [name, options] of Object.entries(bundles)) {
  const { metafile } = await build({
    bundle: true,
    platform: "node",
    target: "node20",
    external: ["cdktf", "constructs", "@cdktf/*"],
    outfile: `${folder}/${name}.js`,
    metafile: true,
    logLevel: "warning",
    ...options,
  });
  writeFileSync(`${folder}/${name}.meta.json`, JSON.stringify(metafile));
}
