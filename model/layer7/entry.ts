/** Ways to the node around its entry point: the secret header between CloudFront and the load balancer, and its endpoints. */
import { Fact, Unknown } from "../fact";
import { rulesOf } from "../rules";
import { Gap, Witness } from "../witness";
import { Layer7 } from "./balancers";
import { Account } from "./deliveries";
import { overlap, liveRules } from "./rule-order";

export function aroundTheEntryPoint(account: Account): Layer7 {
  const parts = [secretsSent(account), { witnesses: secretsDemanded(account), unknowns: [] }, openNode(account)];
  return {
    witnesses: [...parts.flatMap(({ witnesses }) => witnesses), ...defaultEndpoints(account)],
    unknowns: parts.flatMap(({ unknowns }) => unknowns),
    open: [],
  };
}

/** Shorter values can be guessed. The modules demand as many characters. */
const SHORTEST = 16;

/** What CloudFront sends to the origins that the node serves. */
function secretsSent({ snapshot, roles }: Account): Pick<Layer7, "witnesses" | "unknowns"> {
  const witnesses: Witness[] = [];
  const unknowns: Unknown[] = [];
  for (const { fields } of roles.entryPoints) {
    const { distribution_id: id, domain_name, secret_header_name: name, served_by } = fields;
    if (id === null || name === null || served_by !== "node") continue;
    const config = snapshot.cloudfront?.Distributions.find((one) => one.Id === id)?.DistributionConfig;
    if (config === null || config === undefined) {
      const words = `The configuration of the distribution ${id} is not in the snapshot.`;
      unknowns.push({ words, resource: id, action: "cloudfront:GetDistributionConfig" });
      continue;
    }
    for (const origin of config.Origins.Items?.filter((one) => one.DomainName === domain_name) ?? []) {
      const header = origin.CustomHeaders?.Items?.find((one) => one.HeaderName.toLowerCase() === name.toLowerCase());
      const length = Number(/\/(\d+)$/.exec(header?.HeaderValue ?? "")?.[1] ?? 0);
      const gap: Gap | null = header === undefined ? "no secret sent" : length < SHORTEST ? "weak secret" : null;
      const words =
        header === undefined
          ? `The origin ${origin.Id} of the distribution ${id} gets no header ${name}.`
          : `The header ${name} of the origin ${origin.Id} has ${length} characters.`;
      if (gap !== null)
        witnesses.push(witness(gap, { words, resource: id, action: "cloudfront:GetDistributionConfig" }));
    }
  }
  return { witnesses, unknowns };
}

/** What load balancers demand before they forward to the node. */
function secretsDemanded({ snapshot, roles }: Account): Witness[] {
  const listeners = new Map(
    roles.entryPoints
      .filter(
        ({ fields, percent, secretHeader }) => fields.listener_arn !== null && secretHeader !== null && percent > 0,
      )
      .map(({ fields, secretHeader }) => [fields.listener_arn, secretHeader?.name.toLowerCase() ?? ""]),
  );
  const loadBalancers = snapshot.elastic_load_balancing?.LoadBalancers ?? [];
  return loadBalancers.flatMap((loadBalancer) =>
    (loadBalancer.Listeners ?? []).flatMap((listener) => {
      const name = listeners.get(listener.ListenerArn);
      if (name === undefined) return [];
      const rules = liveRules(rulesOf(loadBalancer, snapshot).filter((rule) => rule.listener === listener));
      return rules
        .filter(({ targetGroupArns }) => targetGroupArns.some((arn) => roles.node.targetGroupArns.has(arn)))
        .flatMap(({ conditions, arn, words }) => {
          const demanded = conditions.find((one) => one.HttpHeaderConfig?.HttpHeaderName.toLowerCase() === name);
          const { Values = [], RegexValues } = demanded?.HttpHeaderConfig ?? {};
          const isOpen = RegexValues !== undefined || Values.some((value) => /[*?]/.test(value));
          if (demanded !== undefined && !isOpen) return [];
          const gap: Gap = demanded === undefined ? "secret not demanded" : "weak secret";
          return [
            witness(gap, {
              words: `${words}, without the header`,
              resource: arn,
              action: "elasticloadbalancing:DescribeRules",
            }),
          ];
        });
    }),
  );
}

/** Behind CloudFront, the node admits CloudFront only. */
function openNode({ snapshot, roles, network }: Account): Pick<Layer7, "witnesses" | "unknowns"> {
  const { entryPoints, node } = roles;
  if (!entryPoints.some(({ fields }) => fields.distribution_id !== null) || node.interfaces.length === 0)
    return { witnesses: [], unknowns: [] };
  const list = snapshot.ec2?.PrefixLists.find(({ PrefixListName = "" }) =>
    PrefixListName.includes("cloudfront.origin-facing"),
  );
  const blocks = list?.Entries?.map(({ Cidr }) => Cidr) ?? [];
  const { ways, unknowns } = network.networkOf(snapshot, { application: node.interfaces, ports: [80, 443], node: [] });
  const others = ways.filter(
    ({ source }) =>
      source.kind === "internet" &&
      source.addresses.some(
        (one) =>
          !blocks.some(
            (block) =>
              one === block || (overlap(one, block) && Number(one.split("/")[1]) >= Number(block.split("/")[1])),
          ),
      ),
  );
  return {
    unknowns,
    witnesses: others.map((way) => {
      const fact = {
        words: `${way.source.words} reaches the node`,
        resource: way.destination.NetworkInterfaceId,
        action: "ec2:DescribeSecurityGroupRules",
      };
      const found = witness("node open to the internet", fact, way.facts);
      return { ...found, certain: way.certain, unknowns: way.unknowns };
    }),
  };
}

/** A domain with client certificates protects nothing while the API also answers at its default endpoint. */
function defaultEndpoints({ snapshot, roles }: Account): Witness[] {
  const ids = new Set(roles.entryPoints.flatMap(({ fields }) => [fields.http_api_id, fields.rest_api_id]));
  const { api_gateway_http: http, api_gateway_rest: rest } = snapshot;
  const guarded = new Set([
    ...(http?.DomainNames ?? [])
      .flatMap((one) => (one.MutualTlsAuthentication?.TruststoreUri ? one.ApiMappings : []))
      .map(({ ApiId }) => ApiId),
    ...(rest?.domainNames ?? [])
      .flatMap((one) => (one.mutualTlsAuthentication?.truststoreUri ? one.basePathMappings : []))
      .map(({ restApiId }) => restApiId),
  ]);
  const apis = [
    ...(http?.Apis ?? []).map((one) => ({
      id: one.ApiId,
      off: one.DisableExecuteApiEndpoint,
      action: "apigateway:GetApis",
    })),
    ...(rest?.restApis ?? []).map((one) => ({
      id: one.id,
      off: one.disableExecuteApiEndpoint,
      action: "apigateway:GetRestApis",
    })),
  ];
  return apis
    .filter(({ id, off }) => ids.has(id) && guarded.has(id) && off !== true)
    .map(({ id, action }) =>
      witness("default endpoint", {
        words: `The API ${id} answers at its execute-api endpoint, too.`,
        resource: id,
        action,
      }),
    );
}

function witness(gap: Gap, fact: Fact, facts: readonly Fact[] = []): Witness {
  return {
    via: { kind: "entry", gap },
    steps: [
      { place: "source", words: "a client that is not the entry point", facts: [] },
      { place: "node", words: gap, facts: [fact, ...facts] },
    ],
    ...{
      certain: true,
      unknowns: [],
      intended: null,
      resources: [fact.resource, ...facts.map(({ resource }) => resource)],
    },
  };
}
