import fc from "fast-check";
import { formatHcl } from "../../../../synth/emit/format";
import { Json, JsonObject, printArgument, printBlock } from "../../../../synth/language/print/hcl";
import { blockKeys, moduleJson } from "../../support/arbitraries";
import { expectSameMeaning } from "../../support/read-hcl";

test("any module in JSON is the same after it was printed as HCL and read back", async () => {
  await fc.assert(
    fc.asyncProperty(moduleJson, async (json) => {
      const hcl = await formatHcl(print(json));
      await expectSameMeaning(hcl, json);
      // Read back, an argument and a block of one object are the same.
      expect(hcl).not.toMatch(/^ *a_[a-z]+ \{/m);
      expect(hcl).not.toMatch(/^ *b_[a-z]+ +=/m);
    }),
    { numRuns: 100 },
  );
});

function print(json: JsonObject): string {
  const kinds = json as Record<string, Record<string, JsonObject>>;
  return [
    ...["resource", "data"].flatMap((kind) =>
      Object.entries(kinds[kind] ?? {}).flatMap(([type, byName]) =>
        Object.entries(byName).map(([name, body]) => printBlock(kind, [type, name], body as JsonObject, blockKeys)),
      ),
    ),
    ...["variable", "output", "check"].flatMap((kind) =>
      Object.entries(kinds[kind] ?? {}).map(([name, body]) => printBlock(kind, [name], body)),
    ),
    ...["moved", "removed"].flatMap((kind) =>
      ((json[kind] ?? []) as JsonObject[]).map((body) => printBlock(kind, [], body)),
    ),
    ...Object.entries(json.locals ?? {}).map(([name, value]) => `locals {\n${printArgument(name, value as Json)}\n}`),
  ]
    .join("\n\n")
    .concat("\n");
}
