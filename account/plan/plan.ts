/** A plan of Terraform, as `terraform show -json` writes it. https://developer.hashicorp.com/terraform/internals/json-format */
import * as z from "zod";
import { ModuleConfiguration, References } from "./references";
import { AfterApply, merged, Path } from "./values";

const RESOURCE_CHANGE = z.object({
  address: z.string(),
  module_address: z.string().default(""),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider_name: z.string(),
  change: z.object({
    actions: z.array(z.string()),
    before: z.record(z.string(), z.unknown()).nullish(),
    after: z.record(z.string(), z.unknown()).nullish(),
    after_unknown: z.unknown(),
  }),
});

const OPTIONAL_OBJECT = z.record(z.string(), z.unknown()).optional();
const MODULE: z.ZodType<ModuleConfiguration> = z.lazy(() =>
  z.object({
    resources: z
      .array(
        z.object({ address: z.string(), provider_config_key: z.string().optional(), expressions: OPTIONAL_OBJECT }),
      )
      .optional(),
    outputs: z.record(z.string(), z.object({ expression: z.unknown() })).optional(),
    module_calls: z
      .record(z.string(), z.object({ expressions: OPTIONAL_OBJECT, module: MODULE.optional() }))
      .optional(),
  }),
);

const EXPRESSION = z.object({ constant_value: z.unknown(), references: z.array(z.string()).default([]) });
const PROVIDER = z.object({
  full_name: z.string().optional(),
  module_address: z.string().optional(),
  alias: z.string().optional(),
  expressions: z.object({ region: EXPRESSION.optional() }).default({}),
});

const PLAN = z.object({
  format_version: z.string(),
  planned_values: z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown() })).optional() }),
  resource_changes: z.array(RESOURCE_CHANGE).default([]),
  deferred_changes: z.array(z.object({ reason: z.string().optional(), resource_change: RESOURCE_CHANGE })).default([]),
  configuration: z
    .object({ root_module: MODULE.default({}), provider_config: z.record(z.string(), PROVIDER).default({}) })
    .default({ root_module: {}, provider_config: {} }),
  variables: z.record(z.string(), z.object({ value: z.unknown() })).default({}),
  complete: z.boolean().default(true),
  errored: z.boolean().default(false),
});

/** A resource before and after the apply. */
export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly provider: string;
  /** What the configuration of the provider says, or null. */
  readonly region: string | null;
  /** Null: it is not there. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly isReplaced: boolean;
}

export interface Plan {
  readonly name: string;
  /** Also those that the plan leaves alone: they say whose account it is. */
  readonly resources: readonly PlannedResource[];
  /** Why more will change than the plan says. */
  readonly gaps: readonly { readonly words: string; readonly address: string | null }[];
  /** The outputs of the root configuration. Those that are known only after the apply have no value. */
  readonly outputs: Readonly<Record<string, { readonly value?: unknown }>>;
}

export class PlanError extends Error {}

/** @throws PlanError, which names what is wrong, but shows no value of the plan: values may be secrets */
export function parsePlan(text: string, name: string): Plan {
  const { data, error } = PLAN.safeParse(json(text, name));
  if (data === undefined) {
    const places = error.issues.slice(0, 5).map(({ path }) => path.join("."));
    throw new PlanError(`${name} is not a plan, at ${places.join(", ")}. ${HOW}`);
  }
  const { format_version, resource_changes, deferred_changes, configuration, complete, errored } = data;
  if (!format_version.startsWith("1."))
    throw new PlanError(
      `${name} has the format_version ${JSON.stringify(format_version)}, and this version of the package reads 1.x. Use a Terraform whose "show -json" writes that, or a newer package.`,
    );
  if (errored) throw new PlanError(`${name} is a plan that failed. Mend what "terraform plan" says, and plan again.`);
  const managed = resource_changes.filter(({ mode }) => mode === "managed");
  const created = new Set(managed.filter(({ change }) => change.actions.includes("create")).map((one) => one.address));
  const references = new References(configuration.root_module, created);
  const deferred = deferred_changes.map(({ reason = "unknown", resource_change: { address } }) => ({
    words: `The plan defers ${address} (${reason}).`,
    address,
  }));
  const isPartial = !complete && deferred.length === 0;
  return {
    name,
    resources: managed.map((one) => resourceOf(one, references, created, regionOf(one, data))),
    gaps: [
      ...(isPartial
        ? [{ words: `${name} is incomplete: another plan must follow it, such as after -target.`, address: null }]
        : []),
      ...deferred,
    ],
    outputs: data.planned_values.outputs ?? {},
  };
}

const HOW = 'Write it with "terraform plan -out=FILE" and "terraform show -json FILE > plan.json".';

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of the parser shows a part of the text.
    throw new PlanError(`${name} is not JSON. ${HOW}`);
  }
}

function resourceOf(
  { address, module_address, type, name, provider_name, change }: z.infer<typeof RESOURCE_CHANGE>,
  references: References,
  created: ReadonlySet<string>,
  region: string | null,
): PlannedResource {
  const { actions, before, after, after_unknown } = change;
  const isOwnId = (path: Path) => created.has(address) && path.length === 1 && ["id", "arn"].includes(String(path[0]));
  const later = (path: Path) =>
    isOwnId(path) ? new AfterApply(address, false) : references.later(module_address, `${type}.${name}`, path);
  const values = after === null || after === undefined ? null : merged(after, after_unknown, later);
  // "forget" leaves the resource in the account.
  const stays = actions.includes("no-op") || actions.includes("forget");
  return {
    ...{ address, type, provider: provider_name, region, before: before ?? null },
    after: (stays ? before : (values as PlannedResource["after"])) ?? null,
    isReplaced: actions.includes("create") && actions.includes("delete"),
  };
}

/** Of the root configuration's provider, if it has one Region for all resources. */
function regionOf(
  { provider_name }: z.infer<typeof RESOURCE_CHANGE>,
  { configuration, variables }: z.infer<typeof PLAN>,
) {
  const own = Object.values(configuration.provider_config).filter(({ full_name }) => full_name === provider_name);
  const regions = own.map(({ expressions }) => {
    const { constant_value, references = [] } = expressions.region ?? {};
    const [, variable = ""] = /^var\.([\w-]+)$/.exec(references.at(-1) ?? "") ?? [];
    return constant_value ?? variables[variable]?.value;
  });
  const [region] = regions;
  return regions.length === 1 && typeof region === "string" ? region : null;
}
