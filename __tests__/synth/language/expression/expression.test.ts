import { Fn, IResolvable, TerraformResource, Token } from "cdktf";
import { hcl } from "../../../../synth/language/expression/expression";
import { local } from "../../../../synth/language/expression/local";
import { text } from "../../../../synth/language/expression/text";
import { Json, JsonObject, printOperand } from "../../../../synth/language/print/hcl";
import { escapeTemplate } from "../../../../synth/language/print/template";
import { list, number, object, string } from "../../../../synth/variables/schema";
import { moduleOf } from "../../support/example-stack";

const node = object("Node.", {
  port: number("Port."),
  name: string("Name."),
  ids: list("IDs.", "id", string("ID.")),
}).reference("var.node");

/** Its fields have the names of what an expression is made of. */
const condition = object("Condition.", { code: number("Code."), values: list("Values.", "value", string("Value.")) });
const { code, values } = condition.reference("var.condition");

test.each<[what: string, expression: IResolvable, expected: string]>([
  ["text alone", hcl`1 + 1`, "${1 + 1}"],
  ["a number", hcl`${80} + ${0}`, "${80 + 0}"],
  ["plain text as HCL", hcl`${"var.a"}.b`, "${var.a.b}"],
  ["a reference to an object", hcl`keys(${node})`, "${keys(var.node)}"],
  [
    "a reference to an object with any fields, and to these",
    hcl`f(${condition.reference("var.condition")}, ${code}, ${values})`,
    "${f(var.condition, var.condition.code, var.condition.values)}",
  ],
  ["a reference to a number", hcl`${node.port} > 0`, "${var.node.port > 0}"],
  ["a reference to a text", hcl`lower(${node.name})`, "${lower(var.node.name)}"],
  [
    "a reference to a list, and to its element",
    hcl`${node.ids}[0] == ${node.ids.each}`,
    "${var.node.ids[0] == each.value}",
  ],
  ["a token of a list", hcl`length(${Token.asList(node.ids)})`, "${length(var.node.ids)}"],
  ["another expression", hcl`!(${hcl`${node.port} > 0`})`, "${!(var.node.port > 0)}"],
  ["an expression as a text", hcl`length(${String(hcl`var.a`)})`, "${length(var.a)}"],
  ["a number as a text", hcl`max(${String(node.port)}, 1)`, "${max(var.node.port, 1)}"],
  ["an address", hcl`${hcl`local.a`}[0]`, "${local.a[0]}"],
  [
    "a function of CDKTF",
    hcl`${Token.asNumber(Fn.lengthOf(Token.asList(node.ids)))} == 1`,
    "${length(var.node.ids) == 1}",
  ],
  ["a text, in quotes", hcl`f(${text`${node.name}-a`})`, '${f("${var.node.name}-a")}'],
  ["a text that is one reference, without", hcl`f(${text`${node.name}`})`, "${f(var.node.name)}"],
  ["a text in which nothing is interpolated", hcl`f(${text`"$\{a}"\n`})`, '${f("\\"$${a}\\"\\n")}'],
  ["an object", hcl`merge(${node}, ${{ a: 1, "b:c": true }})`, '${merge(var.node, { a = 1, "b:c" = true })}'],
  ["an empty object, and an empty list", hcl`f(${{}}, ${[]})`, "${f({}, [])}"],
  ["a list", hcl`contains(${["a", null, 2, false]}, var.a)`, '${contains(["a", null, 2, false], var.a)}'],
  [
    "references inside of an object",
    hcl`f(${{ a: node.port, b: [node.name], c: node, d: { e: hcl`1 + 1` }, [node.name]: text`${node.name}-a` }})`,
    '${f({\na = var.node.port\nb = [var.node.name]\nc = var.node\nd = { e = 1 + 1 }\n(var.node.name) = "${var.node.name}-a"\n})}',
  ],
  [
    "text inside of an object, which is no HCL",
    hcl`f(${{ a: "var.a", b: `${node.name}/*` }})`,
    '${f({ a = "var.a", b = "${var.node.name}/*" })}',
  ],
  ["what is undefined inside of an object, not at all", hcl`f(${{ a: undefined, b: 1 }})`, "${f({ b = 1 })}"],
  ["a token of a map", hcl`merge(${hcl.map`var.tags`}, ${{ a: hcl.map`var.a` }})`, "${merge(var.tags, { a = var.a })}"],
  ["braces and quotes of its own", hcl`{ a = "\${b}" }`, '${{ a = "${b}" }}'],
])("an expression holds %s", (_, expression, expected) => {
  expect(moduleOf((stack) => local(stack, "a", expression)).locals).toEqual({ a: expected });
});

test("an expression holds attributes of resources, of any type", () => {
  const module = moduleOf((stack) => {
    const resource = new TerraformResource(stack, "this", { terraformResourceType: "aws_lb" });
    const { fqn } = resource;
    const [text, port, zones] = [
      resource.getStringAttribute("arn"),
      resource.getNumberAttribute("port"),
      resource.getListAttribute("zones"),
    ];
    local(stack, "a", hcl`[${text}, ${port}, ${zones}, ${fqn}]`);
  });
  expect(module.locals).toEqual({ a: "${[aws_lb.this.arn, aws_lb.this.port, aws_lb.this.zones, aws_lb.this]}" });
});

test("an expression in a text is an interpolation of it", () => {
  const module = moduleOf((stack) => {
    stack.output("a", "A.", `It is ${hcl`${node.port} + 1`}, "${node.name}".`);
  });
  expect(module.output).toEqual({ a: { description: "A.", value: 'It is ${var.node.port + 1}, "${var.node.name}".' } });
});

test("an argument of a resource takes a reference, of any type", () => {
  const module = moduleOf((stack) => {
    const resource = new TerraformResource(stack, "this", { terraformResourceType: "aws_lb" });
    resource.addOverride("port", node.port);
    resource.addOverride("name", node.name);
    resource.addOverride("ids", node.ids);
  });
  expect(module.resource).toEqual({
    aws_lb: { this: { port: "${var.node.port}", name: "${var.node.name}", ids: "${var.node.ids}" } },
  });
});

test("a text in an object means itself, whatever is in it", () => {
  const hostile = ['"', "\\", "\n", "${a}", "%{ if a }", "$${a}", "$", "1e+400", "-1.9e+2", "for", "", "é 😀"];
  for (const one of hostile) {
    const value = { key: one, [`k ${one}`]: [one] };
    const { locals } = moduleOf((stack) => local(stack, "a", hcl`${value}`)) as { locals: { a: string } };
    expect(locals.a).toBe(`\${${printOperand(escaped(value))}}`);
  }
});

test("a typed expression goes where CDKTF's types want one", () => {
  const module = moduleOf((stack) => {
    const [name, port]: [string, number] = [hcl.string`lower(${node.name})`, hcl.number`${node.port} + 1`];
    const [ids, tags]: [string[], Record<string, string>] = [hcl.list(node.ids), hcl.map(hcl`var.tags`)];
    new TerraformResource(stack, "this", { terraformResourceType: "aws_lb", count: port, dependsOn: [] }).addOverride(
      "arguments",
      { name, port, ids, tags },
    );
  });
  expect(module.resource).toMatchObject({
    aws_lb: {
      this: {
        count: "${var.node.port + 1}",
        arguments: {
          name: "${lower(var.node.name)}",
          port: "${var.node.port + 1}",
          ids: "${var.node.ids}",
          tags: "${var.tags}",
        },
      },
    },
  });
});

/** The value with its texts as templates. */
function escaped(value: Json): Json {
  if (typeof value === "string") return escapeTemplate(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(escaped);
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [escapeTemplate(key), escaped(one)]),
  );
}
