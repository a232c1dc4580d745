import { TerraformResource } from "cdktf";
import { dynamic } from "../../../../synth/language/expression/dynamic";
import { hcl } from "../../../../synth/language/expression/expression";
import { override } from "../../../../synth/language/expression/override";
import { moduleOf } from "../../support/example-stack";

/** The body of a resource with a block and an argument, overridden. */
function overridden(body: Readonly<Record<string, unknown>>): unknown {
  const module = moduleOf((stack) => {
    const resource = new TerraformResource(stack, "this", { terraformResourceType: "aws_lb" });
    resource.addOverride("block", [{ a: 1 }]);
    resource.addOverride("argument", "kept");
    override(resource, body);
  }) as { resource: { aws_lb: { this: unknown } } };
  return module.resource.aws_lb.this;
}

test("an argument or a block takes the place of that of its name", () => {
  const body = { block: [{ b: hcl`var.b` }, { b: 2 }], other: { c: null } };
  expect(overridden(body)).toEqual({ argument: "kept", block: [{ b: "${var.b}" }, { b: 2 }], other: { c: null } });
});

test("undefined removes", () => {
  expect(overridden({ block: undefined })).toEqual({ argument: "kept" });
});

test("a dynamic block takes the place of a block of its name", () => {
  expect(overridden({ block: dynamic(hcl`var.a`, { a: hcl`block.value` }) })).toEqual({
    argument: "kept",
    dynamic: { block: { for_each: "${var.a}", content: { a: "${block.value}" } } },
  });
});

test("dynamic blocks of one name are a list", () => {
  expect(overridden({ block: [dynamic(hcl`[1]`, {}), dynamic(hcl`[2]`, {})] })).toEqual({
    argument: "kept",
    dynamic: {
      block: [
        { for_each: "${[1]}", content: {} },
        { for_each: "${[2]}", content: {} },
      ],
    },
  });
});

test("dynamic blocks may be inside of blocks, dynamic or not", () => {
  const inner = dynamic(hcl`block.value`, { b: 1 });
  const json = { for_each: "${block.value}", content: { b: 1 } };
  expect(overridden({ block: dynamic(hcl`var.a`, { a: 0, inner }), list: [{ inner, a: 0 }] })).toEqual({
    argument: "kept",
    dynamic: { block: { for_each: "${var.a}", content: { a: 0, dynamic: { inner: json } } } },
    list: [{ a: 0, dynamic: { inner: json } }],
  });
});

test("a dynamic block anywhere else is refused", () => {
  const declare = () =>
    moduleOf((stack) => {
      const resource = new TerraformResource(stack, "this", { terraformResourceType: "aws_lb" });
      resource.addOverride("dynamic.block", dynamic(hcl`[1]`, {}));
    });
  expect(declare).toThrow("override(resource, { NAME: dynamic(…) })");
});

test("an empty list is no block", () => {
  expect(overridden({ block: [] })).toEqual({ argument: "kept", block: [] });
});
