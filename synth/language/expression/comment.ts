import { Construct } from "constructs";

const COMMENT = "comment";

/** Has the construct's block, or local value, emitted with a comment above it, for the reader of the module. */
export function comment<Element extends Construct>(construct: Element, text: string): Element {
  construct.node.addMetadata(COMMENT, text);
  return construct;
}

/** The comment of a construct, if it has one. */
export function commentOf(construct: Construct): string | undefined {
  return construct.node.metadata.find(({ type }) => type === COMMENT)?.data as string | undefined;
}
