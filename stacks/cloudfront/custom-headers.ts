import { everyKey } from "../../synth/variables/rules";
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { Rule } from "../../synth/variables/schema";

/**
 * Headers that CloudFront cannot add to requests.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-denylist
 */
const REFUSED = [
  "cache-control",
  "connection",
  "content-length",
  "cookie",
  "host",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "max-forwards",
  "pragma",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "range",
  "request-range",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
  "x-real-ip",
];

/** For the name of a header. */
export const addedByCloudFront: Rule<string> = {
  test: (name) => hcl`!contains(${REFUSED}, lower(${name})) && !can(regex("^x-(amz|edge)-", lower(${name})))`,
  requirement:
    "be a header that CloudFront can add to requests (not X-Amz- and X-Edge- headers, headers for caching, connections, and proxies, Cookie, Host, Range, or X-Real-Ip)",
  refuses: ["X-Amz-Secret", "X-Edge-Secret", "Via"],
};

/** For a map of headers, by name. */
export const allAddedByCloudFront: Rule<IResolvable> = everyKey({
  ...addedByCloudFront,
  refuses: ["X-Amz-Secret", "x-edge-secret", "Host", "cookie"],
  accepts: ["X-From"],
});
