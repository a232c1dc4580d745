/** The HTML pages. They have no scripts, and a browser can also open them from disk. */
import { Marked, Renderer, Token } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import { page as pageOf } from "../../text/markup";
import { moduleNames } from "../modules";
import { ARCHIVE, INDEX, versionFolder } from "./layout";
import { STYLE } from "./style";

/** A module on the start page. */
export interface ListedModule {
  readonly address: string;
  /** Newest first. */
  readonly versions: readonly string[];
  readonly newest: string;
  /** Of the newest version. */
  readonly readme: string;
}

export interface ModuleVersion {
  readonly address: string;
  readonly version: string;
  /** Of the archive. */
  readonly sha256: string;
  readonly readme: string;
}

/** Marks the pages that this program wrote. */
export const GENERATOR = '<meta name="generator" content="terraform-aws-wallarm-routing">';

const HOST = "<code>HOST</code> is the host name of this registry, with its port if that is not 443.";

/** The start page: every module with its address, versions, and inputs. */
export function indexPage(modules: readonly ListedModule[]): string {
  const links = modules.map(({ address }) => `<li><a href="#${address}">${address}</a></li>`);
  return page(
    "Terraform modules",
    `<h1>Terraform modules</h1>
<p>These modules put a Wallarm Node in front of an application that already runs on AWS. ${HOST}</p>
<nav aria-label="Modules">
<ul>
${links.join("\n")}
</ul>
</nav>
${modules.map(listedModule).join("\n")}`,
  );
}

function listedModule({ address, versions, newest, readme }: ListedModule): string {
  const home = `${versionFolder(address, newest)}/${INDEX}`;
  const markdown = markdownWith((href) => (href.startsWith("#") ? home + href : absolute(href)));
  const tokens = markdown.lexer(readme);
  const summary = tokens.filter(({ type }) => type === "paragraph").slice(0, 1);
  const inputs = tokens.slice(tokens.findIndex(isInputs)).filter(({ type }) => type === "table");
  const links = versions.map((version) => `<a href="${versionFolder(address, version)}/${INDEX}">${version}</a>`);
  return `<section aria-labelledby="${address}">
<h2 id="${address}"><a href="${home}">${address}</a></h2>
${markdown.parser(summary)}
${usage(address, newest)}
<p>Versions: ${links.join(", ")}</p>
<details>
<summary>Inputs of ${address} ${newest}</summary>
${markdown.parser(inputs.slice(0, 1))}
</details>
</section>`;
}

function isInputs(token: Token): boolean {
  return token.type === "heading" && token.text === "Inputs";
}

/** The page of one version: its address, archive, and README. */
export function versionPage({ address, version, sha256, readme }: ModuleVersion): string {
  const start = "../".repeat(versionFolder(address, version).split("/").length);
  const file = `${address.replaceAll("/", "-")}-${version}.tar.gz`;
  const markdown = markdownWith((href) =>
    href.startsWith("#") ? href : (sibling(href, address, version, start) ?? absolute(href)),
  );
  return page(
    `${address} ${version}`,
    `<nav aria-label="Registry"><a href="${start}${INDEX}">All modules and versions</a></nav>
<p>Version ${version} of <code>HOST/${address}</code>. ${HOST}</p>
${usage(address, version)}
<p>Archive: <a href="${ARCHIVE}" download="${file}">${file}</a>, SHA-256 <code>${sha256}</code></p>
${markdown.parse(readme, { async: false })}`,
  );
}

/** The page of the module that a README links to. */
function sibling(href: string, address: string, version: string, start: string): string | undefined {
  const module = moduleNames.find((name) => href === `../${name}`);
  if (module === undefined) return undefined;
  const [namespace, , system] = address.split("/");
  return `${start}${versionFolder(`${namespace}/${module}/${system}`, version)}/${INDEX}`;
}

/** Other relative links of a README lead out of the registry. */
function absolute(href: string): string | undefined {
  return href.startsWith("https://") ? href : undefined;
}

function usage(address: string, version: string): string {
  const [, module] = address.split("/");
  return `<pre tabindex="0"><code>module "${module}" {
  source  = "HOST/${address}"
  version = "${version}"
}</code></pre>`;
}

const standard = new Renderer();

/** @param target the target of a link, or undefined to print only its text */
function markdownWith(target: (href: string) => string | undefined): Marked {
  return new Marked(gfmHeadingId(), {
    renderer: {
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const to = target(href);
        return to === undefined ? text : `<a href="${to}">${text}</a>`;
      },
      // Wide tables and code scroll on their own, also with the keyboard.
      table(token) {
        const table = standard.table.call(this, token);
        return `<div class="table" role="group" aria-label="Table" tabindex="0">${table}</div>`;
      },
      code(token) {
        return standard.code.call(this, token).replace("<pre>", '<pre tabindex="0">');
      },
    },
  });
}

function page(title: string, body: string): string {
  return pageOf({ title, style: STYLE, body, head: `${GENERATOR}\n` });
}
