import { snapshotOf } from "../../audit/place";
import { routings, secureSnapshot, VPC } from "./support/secure";

const secure = secureSnapshot();
const elsewhere = { ...secure, region: "eu-west-1", ec2: null };
const [, cloudfront] = routings();
if (cloudfront === undefined) throw new Error("There is no module cloudfront.");

/** The owner keeps the distribution, so the output has no account. */
const kept = { ...cloudfront, account_id: null, region: null };

test("the VPC tells the document of a module that knows no account", () => {
  const root = { name: "shop", routings: [{ ...kept, vpc_id: VPC }] };
  expect(snapshotOf(root, [elsewhere, secure])).toBe(secure);
  expect(() => snapshotOf({ name: "shop", routings: [kept] }, [elsewhere, secure])).toThrow(
    "Several snapshots fit shop: 123456789012 eu-west-1, 123456789012 us-east-1.",
  );
});

test("what could not be read of CloudFront is unknown in every Region", () => {
  const unread = [
    { action: "cloudfront:ListDistributions", resource: null, error: "AccessDenied" },
    { action: "ec2:DescribeVpcs", resource: null, error: "AccessDenied" },
  ];
  const regional = { ...secure, cloudfront: null };
  const found = snapshotOf({ name: "shop", routings: [cloudfront] }, [{ ...elsewhere, unread }, regional]);
  expect(found).toMatchObject({ region: "us-east-1", cloudfront: elsewhere.cloudfront, unread: unread.slice(0, 1) });
});
