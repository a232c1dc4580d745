import type { IncomingHttpHeaders } from "node:http";

/** A request to AWS. */
export interface Call {
  /** The same in every run of the same apply. */
  readonly name: string;
  readonly protocol: Protocol;
  /** Whether it changes something. */
  readonly changes: boolean;
}

type Protocol = "ec2" | "query" | "json" | "rest-json" | "rest-xml";

interface Http {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Operations of services that are called by name, and change nothing. */
const READ = /^(Describe|Get|List|BatchGet|Head|Lookup|Search|Validate|Simulate|Assume|Decode)/;

/** What AWS or Terraform makes up: it is another one in every run. */
const MADE_UP = [
  /arn:aws:[^\s",&]+/g,
  /\b(sgr|sg|acl|aclassoc|subnet|vpc|eni|i|lt|fl|pl)-[0-9a-f]{6,17}\b/g,
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b/g,
  /(?<=-)(terraform-)?\d{20,26}\w*/g,
  /terraform-\d{20,26}\w*/g,
  // The suffix of a target group's name is a hash, also of IDs.
  /(?<=-wallarm-)[0-9a-f]{8}\b/g,
  /\b\w+(?=\.cloudfront\.net)/g,
  /(?<=\/distribution\/)[A-Z0-9]{13}\b/g,
  /\bvo_\w+/g,
  /(?<=\/(deployments|vpclinks|clientcertificates)\/)\w+/g,
  /(?<=\/(apimappings|integrations|routes)\/)[a-z0-9]{6,8}\b/g,
];

/** Parameters that say nothing of what a call is for, or come in any order. */
const SILENT =
  /^(Action|Version|Attributes|ClientToken|CallerReference|Tag|tags|Description|Metrics|Dimensions|IpPermissions\.\d+\.\w+\.\d+\.Description)/;

/** The groups of a network interface come in any order. */
const UNORDERED = /^(SecurityGroupId)\.\d+$/;

/** @param names of what was there before, by ID or ARN */
export function callOf(http: Http, body: string, names: ReadonlyMap<string, string>): Call {
  const { method = "", url = "", headers } = http;
  const [, service = "unsigned"] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  // A trial is repeated by one line, and policies have several.
  const known = (text: string) => withNames(text, names).replace(/\s+/g, " ");

  const target = headers["x-amz-target"];
  const operation = target === undefined ? new URLSearchParams(body).get("Action") : String(target).split(".").at(-1);
  if (operation !== null && operation !== undefined) {
    const parameters = target === undefined ? [...new URLSearchParams(body)] : entriesOf(body);
    const said = parameters
      .filter(([key]) => !SILENT.test(key))
      .map(([key, value]) => `${key.replace(UNORDERED, "$1")}=${known(value)}`);
    return {
      name: [`${service}:${operation}`, ...said.sort()].join(" ").slice(0, MOST),
      protocol: target !== undefined ? "json" : service === "ec2" ? "ec2" : "query",
      changes: !READ.test(operation),
    };
  }
  const path = known(url.replace(/(\?[^=&]*).*/, "$1"));
  const said = service === "apigateway" ? routeOf(body, known) : "";
  return {
    name: `${service}:${method} ${path}${said}`.slice(0, MOST),
    protocol: /^(s3|cloudfront)$/.test(service) ? "rest-xml" : "rest-json",
    changes: !/^(GET|HEAD)$/.test(method),
  };
}

const MOST = 300;

/** The provider writes maps in any order. */
function entriesOf(body: string): [string, string][] {
  const parameters = JSON.parse(body || "{}", (_, value: unknown) =>
    value === null || typeof value !== "object" || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))),
  ) as Readonly<Record<string, unknown>>;
  return Object.entries(parameters).map(([key, value]) => [key, JSON.stringify(value)]);
}

/** Routes and integrations of an API have the same path when they are created. */
function routeOf(body: string, known: (text: string) => string): string {
  const { routeKey, integrationUri, connectionType } = JSON.parse(body || "{}") as Readonly<Record<string, string>>;
  return [routeKey, connectionType, integrationUri && known(integrationUri)]
    .filter((part) => part !== undefined)
    .map((part) => ` ${part}`)
    .join("");
}

/** A text with names in place of IDs, and "new" for those that nobody has named. */
export function withNames(text: string, names: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [id, name] of names) result = result.replaceAll(id, name);
  for (const pattern of MADE_UP) result = result.replace(pattern, "new");
  return result;
}

/** A refusal that no client repeats, in the protocol of the service. */
export function refusalOf({ name, protocol }: Call) {
  const message = `The test refuses ${name.replace(/[^\w:. ]/g, "_")}`;
  const error = (code: string) => `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const xml = (body: string) => ({ status: 403, headers: { "content-type": "text/xml" }, body });
  switch (protocol) {
    case "ec2":
      return xml(`<Response><Errors>${error("UnauthorizedOperation")}</Errors><RequestID>test</RequestID></Response>`);
    case "query":
    case "rest-xml":
      return xml(`<ErrorResponse>${error("AccessDenied")}<RequestId>test</RequestId></ErrorResponse>`);
    case "json":
    case "rest-json":
      return {
        status: protocol === "json" ? 400 : 403,
        headers: { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
        body: JSON.stringify({ __type: "AccessDeniedException", message, Message: message }),
      };
  }
}
