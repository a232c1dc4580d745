import { BYPASSES } from "../../../audit/bypasses";

/** The 55 classes, and what `audit` says of each. */
const CLASSES: readonly (readonly [title: string, otherwise?: string])[] = [
  ["Ingress from the world, halves included"],
  ["Ingress from public addresses"],
  ["Ingress wider than the node's subnets"],
  ["A foreign or old load balancer's security group"],
  ["`self` and a shared security group"],
  ["A prefix list on the application"],
  ["Another security group on the interface"],
  ["The default security group"],
  ["Others have the node's security group"],
  [
    "Other ports or protocols",
    "In part: ways on the ports on which targets serve. A port on which no target serves is no way to the application",
  ],
  ["Rules that nobody manages, drift", "Found as the class of its source: the account is read, and no state"],
  ["Network ACL missing or default", "The lock `nacl` is open"],
  ["Order of a network ACL's entries", "The lock `nacl` is open"],
  ["IPv6 in a network ACL", "The lock `nacl` is open"],
  ["Route to an internet gateway", "The lock `route` is open"],
  ["Public address"],
  ["IPv6 exposure"],
  ["Peering, transit gateway, VPN"],
  ["PrivateLink to the application's load balancer"],
  ["VPC Lattice", "Assumption: it is not read"],
  ["Default action → application"],
  ["Listener rule → application"],
  ["Weighted forward with the application"],
  ["Another listener of the load balancer"],
  ["Another load balancer with the application as a target"],
  ["Load balancer → load balancer → application"],
  ["The application in the node's target group"],
  ["The application's load balancer faces the internet", "The source of the way: no class of its own"],
  ["Network Load Balancer without a security group", "Found as 21, 24, or 25: the way has its listener and its source"],
  ["A forward without the secret header"],
  ["The origin is the application"],
  ["Cache behavior → application"],
  ["Failover of an origin group → application"],
  ["Second or staging distribution"],
  ["No secret, or a weak one, sent"],
  ["Secret not demanded"],
  ["The node open to the internet behind CloudFront"],
  ["Prefix list without a secret"],
  ["VPC origin → application"],
  [
    "Edge code rewrites the origin",
    "The lock `layer7` is unknown: the code is not read. It reaches only what is open to the internet",
  ],
  ["Integration over the internet → application"],
  ["VPC link → application"],
  ["A forgotten route or method"],
  ["Stage variable in the address"],
  ["Stale deployment"],
  ["Lambda integration"],
  ["`execute-api` endpoint left on"],
  ["Global Accelerator → application", "Assumption: it is not read. Its way into the VPC shows as an interface"],
  ["DNS record → application", "Assumption: it is not read. A name opens no way that its address does not"],
  ["Other public endpoints", "Found as a way over the network, by their interfaces"],
  [
    "Load balancers of Kubernetes",
    "Found as others: what the account has is read, and what the cluster will do is not",
  ],
  ["Client VPN and EC2 Instance Connect endpoints"],
  ["The node does not enforce", "Assumption: ask with `verify`"],
  ["Plan incomplete", "undetermined: `--plan` says what the plan leaves out"],
  ["Outside of the account", "Assumption"],
];

/** The undetermined ones by nature. */
const UNDETERMINED = new Set(["stage-variable", "lambda-integration"]);

export function catalog(): string {
  const rows = CLASSES.map(([title, otherwise], index) => {
    const ids = BYPASSES.filter(({ numbers }) => numbers.includes(index + 1)).map(({ id }) => id);
    const found = ids.map((id) => `${UNDETERMINED.has(id) ? "undetermined" : "found"}: \`${id}\``).join("<br>");
    return `| ${index + 1} | ${title} | ${otherwise ?? found} |`;
  });
  return ["| # | Way around the node | What `audit` says |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Each class is either found or explained, and not both. */
export function unexplained(): number[] {
  const numbers = CLASSES.map((_, index) => index + 1);
  return numbers.filter((number) => {
    const isFound = BYPASSES.some((one) => one.numbers.includes(number));
    return isFound === (CLASSES[number - 1]?.[1] !== undefined);
  });
}

export function remedies(): string {
  const rows = BYPASSES.map(({ id, title, remedy }) => `| \`${id}\` | ${title} | ${remedy} |`);
  return ["| Class | Finding | Remedy |", "| --- | --- | --- |", ...rows].join("\n");
}
