import { formatHcl } from "../../../../synth/emit/format";
import { BlockKeys, JsonObject, printArgument, printBlock, printComment } from "../../../../synth/language/print/hcl";

describe("a block", () => {
  test("begins with count or for_each and ends with tags, nested blocks, lifecycle and depends_on", async () => {
    const body = {
      depends_on: ["a_b.c"],
      lifecycle: { create_before_destroy: true },
      tags: "${var.tags}",
      health_check: { path: "/" },
      port: 80,
      name: "web",
      for_each: "${var.ports}",
    };
    expect(await print("resource", ["aws_lb_target_group", "node"], body, block("health_check"))).toBe(`\
resource "aws_lb_target_group" "node" {
  for_each = var.ports

  name = "web"
  port = 80
  tags = var.tags

  health_check {
    path = "/"
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [a_b.c]
}
`);
  });

  test("keeps the other arguments in the order in which they came", async () => {
    expect(await print("data", ["a", "b"], { zone: "z", address: "a", middle: "m" })).toBe(`\
data "a" "b" {
  zone    = "z"
  address = "a"
  middle  = "m"
}
`);
  });

  test("of a variable tells what it is for, then type and default, then what is refused", async () => {
    const validation = { condition: "${var.a > 0}", error_message: "Received: ${var.a}." };
    const body = { validation: [validation], nullable: false, default: 0, type: "number", description: "A." };
    expect(await print("variable", ["a"], body)).toBe(`\
variable "a" {
  description = "A."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.a > 0
    error_message = "Received: \${var.a}."
  }
}
`);
  });

  test("without arguments is one line", async () => {
    expect(await print("data", ["aws_region", "current"], {})).toBe(`data "aws_region" "current" {}\n`);
  });

  test("that is repeated is printed for each body, a dynamic one with its content", async () => {
    const body = {
      rule: [{ port: 1 }, { port: 2 }],
      dynamic: {
        action: {
          for_each: "${var.actions}",
          iterator: "one",
          content: { dynamic: { target: { for_each: "${one.value}", content: { arn: "${target.value}" } } } },
        },
      },
    };
    expect(await print("resource", ["a", "b"], body)).toBe(`\
resource "a" "b" {
  rule {
    port = 1
  }

  rule {
    port = 2
  }

  dynamic "action" {
    for_each = var.actions
    iterator = one

    content {
      dynamic "target" {
        for_each = one.value

        content {
          arn = target.value
        }
      }
    }
  }
}
`);
  });

  test("holds addresses as they are", async () => {
    const lifecycle = { ignore_changes: ["tags", 'input["a b"]'], replace_triggered_by: ["a_b.c"] };
    expect(await print("resource", ["a", "b"], { provider: "aws.other", lifecycle })).toBe(`\
resource "a" "b" {
  provider = aws.other

  lifecycle {
    ignore_changes       = [tags, input["a b"]]
    replace_triggered_by = [a_b.c]
  }
}
`);
    expect(await print("resource", ["a", "b"], { lifecycle: { ignore_changes: "all" } })).toContain(
      "    ignore_changes = all\n",
    );
    expect(await print("moved", [], { from: "a_b.old", to: "a_b.new" })).toBe(`\
moved {
  from = a_b.old
  to   = a_b.new
}
`);
  });

  // A list of objects is a nested block only where there can be one.
  test.each([
    ["variable", ["a"], { default: [{ port: 1 }] }],
    ["output", ["a"], { value: [{ port: 1 }] }],
    ["dynamic", ["a"], { for_each: [{ port: 1 }] }],
  ] as const)("of the kind %s can hold a list of objects as an argument", async (kind, labels, body) => {
    const [key = ""] = Object.keys(body);
    expect(await print(kind, labels, body)).toBe(`\
${kind} "a" {
  ${key} = [
    {
      port = 1
    },
  ]
}
`);
  });

  test("of a resource holds an object as an argument, unless that is known to be a block", async () => {
    expect(await print("resource", ["a", "b"], { input: { port: 1 } })).toContain("  input = {\n    port = 1\n  }\n");
    const keys: BlockKeys = { input: { isBlock: false, inner: {} } };
    expect(await print("resource", ["a", "b"], { input: [{ port: 1 }] }, keys)).toContain("  input = [\n");
    expect(await print("resource", ["a", "b"], { input: { port: 1 } }, block("input"))).toContain(
      "  input {\n    port = 1\n  }\n",
    );
  });
});

describe("a value", () => {
  test.each<[name: string, value: JsonObject[string], expected: string]>([
    ["nothing", null, "null"],
    ["false", false, "false"],
    ["zero", 0, "0"],
    ["a negative fraction", -1.5, "-1.5"],
    ["an empty text", "", '""'],
    ["an empty list", [], "[]"],
    ["an empty object", {}, "{}"],
    ["a reference", "${var.a}", "var.a"],
    ["a text with a reference", "a-${var.a}", '"a-${var.a}"'],
    ["two references", "${var.a}${var.b}", '"${var.a}${var.b}"'],
    ["a text that looks like a reference", "$${var.a}", '"$${var.a}"'],
    ["a text with quotes inside a reference", 'a "${f("b")}"', '"a \\"${f("b")}\\""'],
    ["a text of one line", "a\n", '"a\\n"'],
    ["a text that does not end its last line", "a\nb", '"a\\nb"'],
    // Heredocs take the common indentation off, and know no escapes.
    ["an indented text", "  a\n  b\n", '"  a\\n  b\\n"'],
    ["a text with a line of spaces", "a\n  \nb\n", '"a\\n  \\nb\\n"'],
    ["a text with a tab", "a\n\tb\n", '"a\\n\\tb\\n"'],
    ["a text with carriage returns", "a\r\nb\r\n", '"a\\r\\nb\\r\\n"'],
    ["a short list", ["a", "${var.b}", 1], '["a", var.b, 1]'],
  ])("that is %s", async (_, value, expected) => {
    expect(await formatHcl(`${printArgument("a", value)}\n`)).toBe(`a = ${expected}\n`);
  });

  test("that is a list is on one line up to 80 characters, then an item a line", async () => {
    const [x, y] = ["x".repeat(36), "y".repeat(36)];
    const line = `["${x}", "${y}"]`;
    expect(line).toHaveLength(80);
    expect(await formatHcl(`${printArgument("a", [x, y])}\n`)).toBe(`a = ${line}\n`);
    expect(await formatHcl(`${printArgument("a", [x, `${y}y`])}\n`)).toBe(`a = [\n  "${x}",\n  "${y}y",\n]\n`);
  });

  test("that is an object quotes only the keys that need it", async () => {
    // Without quotes, "for" would begin an expression.
    const value = { "a-b_1": 1, for: 2, "a b": 3, "1": 4, "${var.key}": 5, "a-${var.key}": 6, "": 7 };
    expect(await formatHcl(`${printArgument("a", value)}\n`)).toBe(`\
a = {
  "1"            = 4
  a-b_1          = 1
  "for"          = 2
  "a b"          = 3
  (var.key)      = 5
  "a-\${var.key}" = 6
  ""             = 7
}
`);
  });

  test("that is an expression of several lines is in brackets where HCL would end it early", async () => {
    expect(await print("locals", [], { a: "${var.a == null\n? 1\n: 2}", b: "${merge(\nvar.a,\nvar.b\n)}" })).toBe(`\
locals {
  a = (
    var.a == null
    ? 1
    : 2
  )
  b = merge(
    var.a,
    var.b
  )
}
`);
  });
});

describe("a text of whole lines", () => {
  test("is a heredoc, indented like the code around it", async () => {
    const description = "First.\n\n- `a`: ${var.a}\n  - $${b} \\n\n";
    expect(await print("variable", ["a"], { description, nullable: false })).toBe(`\
variable "a" {
  description = <<-EOT
    First.

    - \`a\`: $\${var.a}
      - $$\${b} \\n
  EOT
  nullable    = false
}
`);
  });

  test("may hold the heredoc's own marker, and lines that look like another heredoc", async () => {
    expect(await print("locals", [], { a: "x\n  EOT\nb = <<-EOT\n# <<-EOT_\n", b: 1 })).toBe(`\
locals {
  a = <<-EOT_
    x
      EOT
    b = <<-EOT
    # <<-EOT_
  EOT_
  b = 1
}
`);
  });

  test("in a list is no heredoc, after which there could be no comma", async () => {
    expect(await print("locals", [], { a: ["x\ny\n"] })).toBe(`locals {\n  a = ["x\\ny\\n"]\n}\n`);
  });

  test("that an author wrote as a heredoc in an expression does not indent what follows", async () => {
    expect(await print("locals", [], { a: '${join("", [<<-EOT\n  x\n  EOT\n])}', b: 1 })).toMatch(/^ {2}b = 1$/m);
  });
});

// JSON, a quoted string and an indented heredoc each take something else off.
test.each(["a\n%{ if var.a ~}\n  b\n%{ endif }\n", "a %{ if var.a ~} \nb%{ endif }", "a\n  ${~ var.a }"])(
  "a strip marker that reaches a line end is refused, as in %j",
  (template) => {
    expect(() => printArgument("a", template)).toThrow(JSON.stringify(template));
  },
);

test("a strip marker within a line is kept", () => {
  expect(printArgument("a", "a\nb ${~ var.a ~} c\n")).toBe("a = <<-EOT\na\nb ${~ var.a ~} c\nEOT");
});

describe("a comment", () => {
  test("stands before each of its lines", () => {
    expect(printComment("First.\n\nSecond. ")).toBe("# First.\n#\n# Second.");
    const [most, next] = ["a".repeat(118), "b"];
    expect(printComment(`${most} ${next}`)).toBe(`# ${most}\n# ${next}`);
    expect(printComment(`${most.slice(2)} ${next}`)).toBe(`# ${most.slice(2)} ${next}`);
  });

  test("that ends like the beginning of a heredoc is none", async () => {
    expect(await formatHcl(`${printComment("a = <<-EOT")}\n${printBlock("a", ["b"], { c: 1 })}\n`)).toBe(`\
# a = <<-EOT
a "b" {
  c = 1
}
`);
  });
});

function print(...block: Parameters<typeof printBlock>): Promise<string> {
  return formatHcl(`${printBlock(...block)}\n`);
}

function block(key: string): BlockKeys {
  return { [key]: { isBlock: true, inner: {} } };
}
