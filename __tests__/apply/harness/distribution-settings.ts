import { DistributionConfig$ } from "@aws-sdk/client-cloudfront";
import { NormalizedSchema } from "@smithy/core/schema";

/** A setting of a distribution by its path in the API, without the lists: "Origins.CustomOriginConfig.HTTPPort". */
type Path = string;

/** Settings that the API has, as the installed SDK knows it. */
export function settingsOfTheApi(): Set<Path> {
  return new Set(pathsIn(NormalizedSchema.of(DistributionConfig$)));
}

function pathsIn(schema: NormalizedSchema, names: readonly string[] = []): Path[] {
  if (schema.isListSchema()) return pathsIn(schema.getValueSchema(), names);
  if (!schema.isStructSchema()) return [pathOf(names)];
  return [...schema.structIterator()].flatMap(([name, member]) => pathsIn(member, [...names, name]));
}

/** Settings that a distribution has. */
export function settingsOf(value: unknown, names: readonly string[] = []): Set<Path> {
  if (Array.isArray(value)) return new Set(value.flatMap((each) => [...settingsOf(each, names)]));
  if (value === null || typeof value !== "object") return new Set(value === undefined ? [] : [pathOf(names)]);
  return new Set(Object.entries(value).flatMap(([name, inner]) => [...settingsOf(inner, [...names, name])]));
}

function pathOf(names: readonly string[]): Path {
  return names.filter((name) => name !== "Items").join(".");
}
