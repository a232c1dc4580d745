import { Fn, IResolvable, TerraformResource, Token } from "cdktf";
import { hcl, literal, rawHcl } from "../../../../synth/language/expression/expression";
import { local } from "../../../../synth/language/expression/local";
import { list, number, object, string } from "../../../../synth/variables/schema";
import { moduleOf } from "../../support/example-stack";

const node = object("Node.", {
  port: number("Port."),
  name: string("Name."),
  ids: list("IDs.", "id", string("ID.")),
}).reference("var.node");

test.each<[what: string, expression: IResolvable, expected: string]>([
  ["text alone", hcl`1 + 1`, "${1 + 1}"],
  ["a number", hcl`${80} + ${0}`, "${80 + 0}"],
  ["plain text as HCL", hcl`${"var.a"}.b`, "${var.a.b}"],
  ["a reference to an object", hcl`keys(${node})`, "${keys(var.node)}"],
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
  ["an address", hcl`${rawHcl("local.a")}[0]`, "${local.a[0]}"],
  [
    "a function of CDKTF",
    hcl`${Token.asNumber(Fn.lengthOf(Token.asList(node.ids)))} == 1`,
    "${length(var.node.ids) == 1}",
  ],
  ["a literal, in which nothing is interpolated", hcl`f(${literal('"${a}"\n')})`, '${f("\\"$${a}\\"\\n")}'],
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

test("a value that is no expression is refused and shown", () => {
  const value = Token.asAny({ a: [1] });
  expect(() => moduleOf((stack) => local(stack, "a", hcl`f(${value})`))).toThrow('{"a":[1]}');
});
