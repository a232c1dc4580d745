/**
 * For each row of docs/guide-coverage.md, a change of the source that removes the feature of the row. The test in the row
 * must pass without the change and fail with it.
 */
export interface Mutation {
  /** What the change removes. */
  readonly what: string;
  readonly file: string;
  /** Must be in the file exactly once. */
  readonly search: string;
  readonly replacement: string;
}

const proxyPass: Mutation = {
  what: "The --proxy-pass flag",
  file: "stacks/node-config/boot-script.ts",
  search: "  --proxy-pass '${nginx.imageBackend}' \\\\\n",
  replacement: "",
};

const nginxBackend: Mutation = {
  what: "The variable NGINX_BACKEND",
  file: "stacks/node-config/container.ts",
  search: "          NGINX_BACKEND    = ${props.nginx.imageBackend}\n",
  replacement: "",
};

const applicationAdmitsTheNode: Mutation = {
  what: "The node as the source of the application's rules",
  file: "stacks/parts/node-to-application.ts",
  search: "...peerArguments(node.security_group_id)",
  replacement: "...peerArguments(application.security_group_id)",
};

const applicationPorts: Mutation = {
  what: "Port 443 of the application",
  file: "stacks/parts/application.ts",
  search: "[80, 443],",
  replacement: "[80],",
};

const autoscalingGroups: Mutation = {
  what: "The Auto Scaling groups in the target group",
  file: "stacks/parts/target-group.ts",
  search: "forEach: forEach(node.autoscaling_group_names)",
  replacement: "forEach: forEach(hcl`{}`)",
};

const adoptedAction =
  "hcl.string`${percent} == 100 ? ${nodeTargetGroupArn} : ${listeners.each.application_target_group_arn}`";

/** By row number. */
export const mutations: Readonly<Record<number, Mutation>> = {
  1: {
    what: "The warning below 100 percent",
    file: "stacks/parts/traffic-check.ts",
    search: "condition: hcl`${nodeTrafficPercent} == 100`",
    replacement: "condition: hcl`${nodeTrafficPercent} >= 0`",
  },
  2: {
    what: "The weight of the node",
    file: "stacks/alb/listener-routes.ts",
    search: "{ node = ${percent}, application = 100 - ${percent} }",
    replacement: "{ node = 0, application = 100 }",
  },
  3: {
    what: "The node as the only source",
    file: "stacks/parts/node-to-application.ts",
    search: '"subnet_cidrs" ? ${node.subnet_cidrs} : [null]',
    replacement: '"subnet_cidrs" ? ${node.subnet_cidrs} : [null, "0.0.0.0/0"]',
  },
  4: {
    what: "The failure when the application answers",
    file: "cli/verify/direct-access.ts",
    search: 'return { verdict: "fail", reason };',
    replacement: 'return { verdict: "pass", reason };',
  },
  5: {
    what: "The list of rules to keep",
    file: "stacks/security-group-exclusive/security-group-exclusive-stack.ts",
    search: "ingress_rule_ids: hcl`values(${ingressRuleIds})`,",
    replacement: "ingress_rule_ids: [],",
  },
  6: {
    what: "The load balancer as a source of the node's rules",
    file: "stacks/parts/load-balancer-to-node.ts",
    search: "referencedSecurityGroupId: loadBalancerGroup",
    replacement: "referencedSecurityGroupId: node.security_group_id",
  },
  7: {
    what: "The port of the target group",
    file: "stacks/parts/target-group.ts",
    search: "      port: node.port,\n",
    replacement: "      port: 8081,\n",
  },
  8: autoscalingGroups,
  9: {
    what: "The node's target group in the rules",
    file: "stacks/alb/listener-routes.ts",
    search: 'target_group.key == "node" ? ${nodeTargetGroupArn}',
    replacement: 'target_group.key != "node" ? ${nodeTargetGroupArn}',
  },
  10: {
    what: "proxy_pass in the nginx configuration",
    file: "stacks/node-config/backend-directives.ts",
    search: "proxy_pass ${hcl`${backend}.scheme`}://$wallarm_routing_backend;\n",
    replacement: "return 204;\n",
  },
  11: proxyPass,
  12: nginxBackend,
  13: {
    what: "The removal of unlisted rules",
    file: "stacks/security-group-exclusive/security-group-exclusive-stack.ts",
    search: 'when(hcl`${mode} == "enforce"`)',
    replacement: "when(hcl`false`)",
  },
  14: applicationPorts,
  15: {
    what: "Rules for 0.0.0.0/0 in the audit",
    file: "stacks/parts/security-group-audit.ts",
    search: "if !contains(${fromNode}, rule.source)\n",
    replacement: 'if !contains(concat(${fromNode}, ["0.0.0.0/0"]), rule.source)\n',
  },
  16: {
    what: "The rules that admit clients with preserved addresses",
    file: "stacks/nlb/nlb-to-node.ts",
    search: "        rules: fromClients,\n",
    replacement: "        rules: hcl`{}`,\n",
  },
  17: {
    what: "The node as the destination of the load balancer's rules",
    file: "stacks/nlb/nlb-to-node.ts",
    search: "referencedSecurityGroupId: node.security_group_id",
    replacement: "referencedSecurityGroupId: loadBalancerGroup",
  },
  18: {
    what: "The instances in the target group",
    file: "stacks/parts/target-group.ts",
    search: "forEach: forEach(node.instance_ids)",
    replacement: "forEach: forEach(hcl`{}`)",
  },
  19: {
    what: "The load balancer of the listener",
    file: "stacks/nlb/adopted-listeners.ts",
    search: "hcl.string`${this.existing.fqn}[each.key].load_balancer_arn`",
    replacement: "hcl.string`${this.existing.fqn}[each.key].arn`",
  },
  20: {
    what: "The node's target group in the listener",
    file: "stacks/nlb/adopted-listeners.ts",
    search: adoptedAction,
    replacement: adoptedAction.replace("== 100", "== 101"),
  },
  21: {
    what: "The repeated resolution of the backend's name",
    file: "stacks/node-config/backend-directives.ts",
    search: "resolver ${resolver.address} ",
    replacement: "resolver ${resolver.address} valid=300s ",
  },
  22: proxyPass,
  23: nginxBackend,
  24: applicationAdmitsTheNode,
  25: applicationPorts,
  26: {
    what: "The consent to the VPC CIDR block",
    file: "stacks/parts/node-to-application.ts",
    search: '"subnet_cidrs" && !${application.admit_whole_vpc}',
    replacement: '"subnet_cidrs"',
  },
  27: {
    what: "The subnets of the node as the source",
    file: "stacks/parts/node-to-application.ts",
    search: '== "subnet_cidrs" ? ${node.subnet_cidrs}',
    replacement: '== "subnet_cidr" ? ${node.subnet_cidrs}',
  },
  28: {
    what: "The application's subnets",
    file: "stacks/network-acl/network-acl.ts",
    search: "if ${routing.node_traffic_percent} == 100 }`",
    replacement: "if ${routing.node_traffic_percent} == 101 }`",
  },
  29: {
    what: "The number of the rule",
    file: "stacks/network-acl/rules.ts",
    search: 'number + 10 * index => ${rule("allow", "cidr", "port", "port")}',
    replacement: 'number + 20 * index => ${rule("allow", "cidr", "port", "port")}',
  },
  30: {
    what: "The denial before the replies",
    file: "stacks/network-acl/rules.ts",
    search: "if port >= 1024",
    replacement: "if port >= 65536",
  },
  31: {
    what: "The cutover of the origins",
    file: "stacks/cloudfront/distribution-origins.ts",
    search: '${percent} < 100 ? "application"',
    replacement: '${percent} < 101 ? "application"',
  },
  32: {
    what: "The domain name of the node in the origin",
    file: "stacks/cloudfront/distribution-origins.ts",
    search: "coalesce(try(origin.node.domain_name, null), ${node.domain_name})",
    replacement: '"application.example.com"',
  },
  33: {
    what: "The endpoint of the VPC origin",
    file: "stacks/cloudfront/vpc-origin.ts",
    search: "            arn: origin.endpoint_arn,\n            httpPort",
    replacement:
      '            arn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/other/0123456789abcdef",\n            httpPort',
  },
  34: {
    what: "The path of the catch-all rule",
    file: "stacks/alb/listener-routes.ts",
    search: 'path_pattern = { values = ["/*"] }',
    replacement: 'path_pattern = { values = ["/"] }',
  },
  35: {
    what: "The instance's network interfaces",
    file: "stacks/cloudfront/origin-facing-groups.ts",
    search: "keys(${groups} == null ? {} : ${groups.network_interface_ids})",
    replacement: "keys({})",
  },
  36: autoscalingGroups,
  37: {
    what: "The choice between the two values",
    file: "stacks/cloudfront/secret-header.ts",
    search: "? ${values}[${secretHeader.active}] :",
    replacement: '? ${values}["green"] :',
  },
  38: {
    what: "The custom header",
    file: "stacks/cloudfront/distribution-origins.ts",
    search: "name: hcl`custom_header.value`,",
    replacement: 'name: "X-Other",',
  },
  39: {
    what: "The 403 for a request without the header",
    file: "stacks/node-config/nginx-config.ts",
    search: "if ($wallarm_routing_refused) {\n  return 403;\n}\n\n",
    replacement: "",
  },
  40: {
    what: "CloudFront as the only source",
    file: "stacks/cloudfront/origin-facing-groups.ts",
    search: "prefixListId: hcl.string`${list.fqn}[each.value.family].id`,",
    replacement: 'cidrIpv4: "0.0.0.0/0",',
  },
  41: {
    what: "The name of the prefix list",
    file: "stacks/cloudfront/origin-facing-groups.ts",
    search: '"com.amazonaws.global.cloudfront.origin-facing"',
    replacement: '"com.amazonaws.global.groundstation"',
  },
  42: {
    what: "The ports of the rules",
    file: "stacks/cloudfront/origin-facing-groups.ts",
    search: "      toPort: port,\n",
    replacement: "      toPort: 65535,\n",
  },
  43: applicationAdmitsTheNode,
  44: {
    what: "The VPC link of the integration",
    file: "stacks/api-gateway-http/adopted-integrations.ts",
    search: "choose(node.vpcLinkId, application.connection_id)",
    replacement: "choose(application.connection_id, application.connection_id)",
  },
  45: {
    what: "The application as the target before the cutover",
    file: "stacks/nlb/adopted-listeners.ts",
    search: adoptedAction,
    replacement: adoptedAction.replace("== 100", ">= 0"),
  },
  46: {
    what: "The node's integration in the routes",
    file: "stacks/api-gateway-http/routes.ts",
    search: "text`integrations/${hcl`${this.integration.fqn}[each.key].id`}`",
    replacement: "text`integrations/${applicationIntegrationId}`",
  },
  47: autoscalingGroups,
  48: {
    what: "The timeout of the entry point",
    file: "stacks/node-config/backends.ts",
    search: "${props.limits.entry_point_timeout} - 7",
    replacement: "${props.limits.entry_point_timeout} + 7",
  },
  49: proxyPass,
  50: nginxBackend,
  51: applicationAdmitsTheNode,
  52: applicationPorts,
  53: {
    what: "The addresses in the policy",
    file: "stacks/api-gateway-rest/resource-policy.ts",
    search: '{ "aws:SourceIp" = try(${resourcePolicy.source_cidrs}, []) }',
    replacement: '{ "aws:SourceIp" = [] }',
  },
  54: {
    what: "The truststore",
    file: "stacks/api-gateway-http/client-mtls.ts",
    search: "truststoreUri: clientMtls.truststore_uri,",
    replacement: 'truststoreUri: "s3://none/none.pem",',
  },
  55: {
    what: "The exit code for a failure",
    file: "cli/verify/verify.ts",
    search: '  if (verdicts.includes("fail")) return "fail";\n',
    replacement: "",
  },
  56: {
    what: "The other addresses of a name",
    file: "cli/verify/direct-access.ts",
    search: "ips.map(",
    replacement: "ips.slice(1).map(",
  },
  57: {
    what: "The distinction between no connection and no answer",
    file: "cli/verify/send.ts",
    search: 'within(limits, "silent", ',
    replacement: 'within(limits, "timeout", ',
  },
  58: {
    what: "The failure for any answer other than 403",
    file: "cli/verify/bypass-header.ts",
    search: '?? { verdict: "fail", reason: `${reason} instead of 403` }',
    replacement: '?? { verdict: "pass", reason: `${reason} instead of 403` }',
  },
  59: {
    what: "The test attack",
    file: "cli/verify/attack-detection.ts",
    search: 'const ATTACK = "etc/passwd";',
    replacement: 'const ATTACK = "";',
  },
  60: {
    what: "The link to Wallarm Console for the cloud of the node",
    file: "cli/verify/verify.ts",
    search: "cloud === undefined ? Object.values(CONSOLES) : [CONSOLES[cloud]]",
    replacement: "Object.values(CONSOLES)",
  },
  61: {
    what: "The warning",
    file: "stacks/parts/admitted-sources.ts",
    search: "length(${rules}) == 0`",
    replacement: "length(${rules}) >= 0`",
  },
  62: {
    what: "The filter for the node's addresses in the query",
    file: "stacks/verification/flow-query.ts",
    search:
      '        ${text`filter ${hcl`join(" and ", [for cidr in ${known} : "not isIpInSubnet(srcaddr, \\\\"\\${cidr}\\\\")"])`}`},\n',
    replacement: "",
  },
  63: {
    what: "The warning",
    file: "stacks/verification/private-subnets.ts",
    search: "condition: hcl`length(${this.publicRoutes}) == 0`",
    replacement: "condition: hcl`length(${this.publicRoutes}) >= 0`",
  },
  64: {
    what: "The managed rule",
    file: "stacks/verification/config-rules.ts",
    search: 'source: managed("RESTRICTED_INCOMING_TRAFFIC")',
    replacement: 'source: managed("INCOMING_SSH_DISABLED")',
  },
  65: {
    what: "The calls on security groups",
    file: "stacks/verification/api-calls/network.ts",
    search: "    security_groups: {\n",
    replacement: "    security_groups: {\n      when: hcl`false`,\n",
  },
};
