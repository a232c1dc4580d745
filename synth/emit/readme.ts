import { TerraformOutput } from "cdktf";
import { JsonObject } from "../language/print/hcl";
import { isOptional, Optional, Schema, schemaOf } from "../variables/schema";
import { Variable } from "../variables/variable";
import { Formatter, formatHcl } from "./format";
import { fileOf, generatedLine } from "./module-files";
import { ModuleStack, Permissions } from "./module-stack";
import { Format } from "./options";

/** What a module block says of a module in a registry. */
export type RegistryCall = (module: string) => {
  readonly source: string;
  /** A constraint. */
  readonly version: string;
};

export interface ReadmeSources {
  /** The hand-written sections, as Markdown with a `## ` heading each. */
  readonly handWritten: string;
  /** The Terraform text of the minimal example, which calls the module. */
  readonly example: string;
  readonly permissions: Permissions;
  readonly registryCall: RegistryCall;
}

/** The sections that are written by hand. All of them, in every module. */
const HAND_WRITTEN = ["What it does", "Runbook", "What it does not protect from", "What is tested"] as const;

/**
 * The README of a module.
 * @throws when a hand-written section is missing or unknown, the example does not call the module, or a resource has no
 * entry in the permissions
 */
export async function readme(
  stack: ModuleStack,
  format: Format,
  sources: ReadmeSources,
  formatter?: Formatter,
): Promise<string> {
  const written = handWrittenSections(stack.node.id, sources.handWritten);
  const used = usedResources(stack, format);
  const sections: Record<string, string> = {
    Usage: usage(stack.node.id, sources),
    Inputs: await inputs(stack.inputs, formatter),
    Outputs: outputs(stack),
    Resources: resources(used),
    Requirements: requirements(stack),
    Permissions: permissions(used, sources.permissions),
    ...written,
  };
  const order = ["What it does", "Usage", "Runbook", "Inputs", "Outputs", "Resources", "Requirements", "Permissions"];
  return [
    `<!-- ${generatedLine(stack)} -->`,
    `# ${stack.node.id}`,
    stack.summary,
    ...[...order, "What it does not protect from", "What is tested"].map(
      (heading) => `## ${heading}\n\n${sections[heading]}`,
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

function handWrittenSections(module: string, markdown: string): Record<string, string> {
  const [before = "", ...rest] = markdown.split(/^## /m);
  if (before.trim() !== "")
    throw new Error(
      `stacks/${module}/README.md has a text before its first section: "${before.trim()}". Move it into one.`,
    );
  const sections = rest.map((section) => {
    const [heading = "", ...lines] = section.split("\n");
    return [heading.trim(), lines.join("\n").trim()] as const;
  });
  const found = sections.map(([heading]) => heading);
  if (found.join() !== HAND_WRITTEN.join())
    throw new Error(
      `stacks/${module}/README.md has the sections ${quoted(found)}: it must have ${quoted(HAND_WRITTEN)}, in this order.`,
    );
  return Object.fromEntries(sections);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** The minimal example without its terraform and provider blocks, with a registry as the source of the module. */
function usage(module: string, { example, registryCall }: ReadmeSources): string {
  const localSource = /^ {2}source = "(?:\.\.\/)+modules\/([^"]+)"$/gm;
  if (![...example.matchAll(localSource)].some(([, called]) => called === module))
    throw new Error(
      `examples/${module}/minimal/main.tf does not call modules/${module}: add a module block with that source.`,
    );
  const blocks = example.replace(/^(?:terraform|provider "[^"]+") \{(?:.*\}|\n[^]*?^\})\n+/gm, "");
  const call = blocks.replace(localSource, (_, called: string) => {
    const { source, version } = registryCall(called);
    return `  source  = "${source}"\n  version = "${version}"`;
  });
  return [
    code("hcl", call.trim()),
    `Replace the IDs with yours, and \`source\` with the address in your registry or [another source](../../README.md#three-ways-to-use-them).`,
    `[examples/${module}/minimal](../../examples/${module}/minimal) runs this call in the repository. [examples/${module}/complete](../../examples/${module}/complete) is a complete configuration.`,
  ].join("\n\n");
}

async function inputs(variables: readonly Variable[], formatter?: Formatter): Promise<string> {
  const rows = variables.map(({ name, declaration, type }) => {
    const schema = schemaOf(declaration);
    const shortType = isStructured(schema) ? schema.shape.kind : type;
    const description = schema.sensitive ? `${schema.description} Sensitive.` : schema.description;
    return row([inputLink(name, schema), `\`${shortType}\``, defaultCell(declaration), description]);
  });
  const structured = variables.filter(({ declaration }) => isStructured(schemaOf(declaration)));
  const text = structured.map(({ type }) => `type = ${type}\n`).join("\n");
  const types = (await formatHcl(text, formatter)).trimEnd().split("\n\n");
  const details = structured.map((variable, index) => inputDetails(variable, types[index] ?? ""));
  return [["| Name | Type | Default | Description |", "|---|---|---|---|", ...rows].join("\n"), ...details].join(
    "\n\n",
  );
}

function inputDetails({ name, description }: Variable, type: string): string {
  return `### \`${name}\`\n\n${description.trimEnd()}\n\n${code("hcl", type)}`;
}

function isStructured({ shape }: Schema): boolean {
  return shape.kind === "object" || ("element" in shape && shape.element.shape.kind === "object");
}

function inputLink(name: string, schema: Schema): string {
  return isStructured(schema) ? `[\`${name}\`](#${name})` : `\`${name}\``;
}

function defaultCell(declaration: Schema | Optional): string {
  return isOptional(declaration) ? `\`${JSON.stringify(declaration.default)}\`` : "required";
}

function outputs(stack: ModuleStack): string {
  const rows = stack.node
    .findAll()
    .filter((construct) => TerraformOutput.isTerraformOutput(construct))
    .map(({ friendlyUniqueId, description }) => row([`\`${friendlyUniqueId}\``, description ?? ""]));
  return ["| Name | Description |", "|---|---|", ...rows].join("\n");
}

interface UsedResource {
  readonly type: string;
  readonly name: string;
  readonly file: string;
}

/** Resources and data sources, `aws_lb_target_group.node` and `data.aws_lb_listener.existing`. */
function usedResources(stack: ModuleStack, format: Format): UsedResource[] {
  return stack.declarations
    .filter(({ kind }) => kind === "resource" || kind === "data")
    .map((declaration) => {
      const [type = "", name = ""] = declaration.labels;
      const file = fileOf(declaration, stack, format);
      return { type: declaration.kind === "data" ? `data.${type}` : type, name, file };
    });
}

function resources(used: readonly UsedResource[]): string {
  if (used.length === 0) return "None.";
  const files = [...new Set(used.map(({ file }) => file))];
  const rows = files.map((name) => {
    const addresses = used.filter(({ file }) => file === name).map(({ type, name }) => `\`${type}.${name}\``);
    return row([`[${name}](${name})`, addresses.join("<br>")]);
  });
  return ["| File | Resources and data sources |", "|---|---|", ...rows].join("\n");
}

function requirements(stack: ModuleStack): string {
  const { required_version, required_providers } = stack.toTerraform().terraform as {
    required_version: string;
    required_providers?: Record<string, JsonObject>;
  };
  const providers = Object.values(required_providers ?? {}).map(
    ({ source, version }) => `| ${source} | \`${version}\` |`,
  );
  return ["| Name | Version |", "|---|---|", `| Terraform | \`${required_version}\` |`, ...providers].join("\n");
}

/** An IAM policy statement's worth of actions: those of every resource and data source in the module. */
function permissions(used: readonly UsedResource[], known: Permissions): string {
  const asking = used.filter(({ type }) => type !== "terraform_data");
  const actionsOf = ({ type, name }: UsedResource) => known[`${type}.${name}`] ?? known[type];
  const unknown = asking.filter((one) => actionsOf(one) === undefined).map(({ type }) => type);
  if (unknown.length > 0)
    throw new Error(
      `No permissions are known for ${quoted([...new Set(unknown)])}: add them to the permissions of its provider.`,
    );
  if (asking.length === 0) return "None: the module asks AWS nothing.";
  const actions = [...new Set(asking.flatMap((one) => actionsOf(one) ?? []))].sort();
  return `The principal that plans and applies the module needs these IAM actions:\n\n${code("json", JSON.stringify(actions, null, 2))}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function code(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
