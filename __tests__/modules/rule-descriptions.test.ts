import { parse } from "@cdktf/hcl2json";
import { moduleNames, moduleText } from "./workspace";

type Resources = Readonly<Record<string, Readonly<Record<string, readonly { readonly description?: string }[]>>>>;

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
const ACCEPTED = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;
const TYPES = ["aws_security_group", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"];

test.each(moduleNames)(
  "%s describes security groups and their rules with characters that AWS accepts",
  async (module) => {
    const { resource = {} } = (await parse("main.tf", moduleText(module))) as { resource?: Resources };
    const descriptions = TYPES.flatMap((type) => Object.values(resource[type] ?? {}))
      .flat()
      .map(({ description = "" }) => description);
    // Names are checked by validations, and ports and address families are words of the module.
    const written = descriptions.map((description) => description.replace(/[$%]\{[^}]*\}/g, ""));
    expect(written.filter((text) => !ACCEPTED.test(text))).toEqual([]);
  },
);
