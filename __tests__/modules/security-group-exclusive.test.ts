import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { repository } from "./workspace";

const file = "modules/security-group-exclusive/main.tf";

// Newer providers may have more: __tests__/newest-provider/ checks by the schema of one.
// Source: documentation of AWS provider 6.29.0, resource aws_vpc_security_group_rules_exclusive.
test("in the mode enforce alone there is the resource, with the arguments that provider 6.29 requires and no others", async () => {
  const { resource } = (await parse(file, readFileSync(join(repository, file), "utf8"))) as {
    resource: Record<string, unknown>;
  };
  expect(resource).toEqual({
    aws_vpc_security_group_rules_exclusive: {
      application: [
        {
          count: '${var.mode == "enforce" ? 1 : 0}',
          security_group_id: "${var.security_group_id}",
          ingress_rule_ids: "${values(var.ingress_rule_ids)}",
          egress_rule_ids: expect.stringContaining("values(var.egress_rule_ids)") as string,
          lifecycle: [{ precondition: expect.any(Array) as unknown }],
        },
      ],
    },
  });
});
