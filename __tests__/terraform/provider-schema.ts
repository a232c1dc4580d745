import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** The AWS resource types that a file of the project names. */
export function namedTypes(): ReadonlySet<string> {
  const files = ["modules", "examples", "__tests__"].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tf|hcl|json|ts)$/.test(entry.name))
      .filter(({ parentPath }) => !parentPath.includes("node_modules") && !parentPath.includes(".terraform"))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Set(files.flatMap((file) => readFileSync(file, "utf8").match(/\baws_[a-z0-9_]+/g) ?? []));
}

/** The fields of `GetProviderSchema.Response` that are maps by type: resources, data sources, and ephemeral resources. */
const MAPS_BY_TYPE = [2, 3, 8];

/**
 * A provider's schema without the types that nobody asks for. Terraform reads the schema in every run; that of the AWS
 * provider has 1,500 types, and reading it is most of the time of a run.
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.8.proto
 *
 * @param schema a `GetProviderSchema.Response` in Protocol Buffers
 */
export function schemaOf(types: ReadonlySet<string>, schema: Buffer): Buffer {
  const kept: Buffer[] = [];
  let end = 0;
  while (end < schema.length) {
    const start = end;
    const field = readField(schema, start);
    end = field.end;
    const isUnwanted = MAPS_BY_TYPE.includes(field.number) && !types.has(keyOf(field.content));
    if (!isUnwanted) kept.push(schema.subarray(start, end));
  }
  return Buffer.concat(kept);
}

/** The key of a map's entry is its first field. */
function keyOf(entry: Buffer): string {
  return readField(entry, 0).content.toString();
}

/** A field of a message: a number, or bytes with their length. The others (fixed32, fixed64) are in no schema. */
function readField(message: Buffer, start: number) {
  const tag = readVarint(message, start);
  const value = readVarint(message, tag.end);
  const type = tag.value & 7;
  if (type !== 0 && type !== 2) throw new Error(`A field of a provider's schema has the wire type ${type}.`);
  const end = type === 2 ? value.end + value.value : value.end;
  return { number: tag.value >> 3, content: message.subarray(value.end, end), end };
}

function readVarint(message: Buffer, start: number) {
  let value = 0;
  for (let end = start, factor = 1; ; factor *= 128) {
    const byte = message.readUInt8(end++);
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end };
  }
}
