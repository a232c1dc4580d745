import { namedTypes, schemaOf } from "./provider-schema";

/** A field of a message: its number, and bytes. */
function field(number: number, ...content: readonly (string | Buffer)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([(number << 3) | 2]), length(bytes.length), bytes]);
}

/** Seven bits a byte, the low ones first. */
function length(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.concat([Buffer.from([(value & 127) | 128]), length(value >> 7)]);
}

const entry = (type: string, schema = "schema") => [field(1, type), field(2, schema)];
const provider = field(1, "provider");
const capabilities = field(6, Buffer.from([8, 1]));

describe("the schema of a provider", () => {
  test("keeps the types that are asked for, and everything that is of no type", () => {
    const bucket = field(2, ...entry("aws_s3_bucket", "x".repeat(300)));
    const topic = field(2, ...entry("aws_sns_topic"));
    const topicData = field(3, ...entry("aws_sns_topic"));
    const secret = field(8, ...entry("aws_secretsmanager_secret_version"));
    const full = Buffer.concat([provider, bucket, topic, topicData, capabilities, secret]);

    expect(schemaOf(new Set(["aws_sns_topic"]), full)).toEqual(
      Buffer.concat([provider, topic, topicData, capabilities]),
    );
    expect(schemaOf(new Set(["aws_s3_bucket", "aws_secretsmanager_secret_version"]), full)).toEqual(
      Buffer.concat([provider, bucket, capabilities, secret]),
    );
  });

  test("that is none is refused", () => {
    expect(() => schemaOf(new Set(), Buffer.from([0x0d, 1, 2, 3, 4]))).toThrow("has the wire type 5");
  });

  test("has the types of modules, examples and tests", () => {
    const types = namedTypes();
    for (const type of ["aws_lb_listener_rule", "aws_autoscaling_group", "aws_sns_topic"])
      expect(types).toContain(type);
    expect(types.size).toBeLessThan(300);
  });
});
