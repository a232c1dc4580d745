import type { Attribute, Block, NestedBlock, Schema } from "./block";
import { bytes, number } from "./protobuf";

/** In the order of their numbers. */
const nestings: readonly NestedBlock["nesting"][] = ["single", "list", "set"];

/**
 * A schema as the answer to GetSchema.
 * Source of the fields' numbers: https://github.com/hashicorp/terraform/blob/v1.11.4/docs/plugin-protocol/tfplugin5.8.proto
 */
export function schemaMessage({ provider, resources, dataSources }: Schema): Buffer {
  return Buffer.concat([
    bytes(1, schema(provider)),
    ...Object.entries(resources).map(([type, block]) => bytes(2, bytes(1, type), bytes(2, schema(block)))),
    ...Object.entries(dataSources).map(([type, block]) => bytes(3, bytes(1, type), bytes(2, schema(block)))),
  ]);
}

function schema(block: Block): Buffer {
  return bytes(2, ...blockFields(block));
}

function blockFields({ attributes, blocks }: Block): Buffer[] {
  return [
    ...Object.entries(attributes).map(([name, one]) => bytes(2, ...attributeFields(name, one))),
    ...Object.entries(blocks).map(([name, one]) => bytes(3, ...nestedBlockFields(name, one))),
  ];
}

function attributeFields(name: string, { type, required, optional, computed }: Attribute): Buffer[] {
  return [
    bytes(1, name),
    bytes(2, JSON.stringify(type)),
    number(4, required),
    number(5, optional),
    number(6, computed),
  ];
}

function nestedBlockFields(name: string, { block, nesting, required, one }: NestedBlock): Buffer[] {
  const single = nesting === "single";
  return [
    bytes(1, name),
    bytes(2, ...blockFields(block)),
    number(3, nestings.indexOf(nesting) + 1),
    number(4, required && !single),
    number(5, one && !single),
  ];
}
