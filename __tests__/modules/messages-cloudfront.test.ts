import { describeRefusals } from "./describe-refusals";
import { unmet } from "./refusals";

/** By run in modules/cloudfront/tests that is refused, what its caller reads: what was received, and what to do. */
const cloudfront: Readonly<Record<string, string>> = {
  // validations_node.tftest.hcl
  name_that_ends_in_a_hyphen: "name must be 1 to 23 letters, digits and inner hyphens. Received: \"shop-\".",
  name_that_aws_reserves: "name must not start with \"internal-\", which AWS reserves. Received: \"internal-shop\".",
  vpc_id_of_a_subnet: "vpc_id must be a VPC id such as \"vpc-0123456789abcdef0\". Received: \"subnet-0123456789abcdef0\".",
  canary: "node_traffic_percent must be 0 or 100: CloudFront shares requests out between two distributions only. \"Canary\" in the README's runbook makes a staging distribution beside yours, for up to 15 percent. Received: 10.",
  node_in_clear_text_over_the_internet: "node must have origin_protocol_policy = \"https-only\" without a vpc_origin, or allow_clear_text = true: over the internet the secret header would travel in clear. Received: {\"origin_protocol_policy\":\"match-viewer\"}.",
  node_security_group_by_name: "node.security_group_id must be a security group id such as \"sg-0123456789abcdef0\". Received: \"default\".",
  node_subnet_twice: "node.subnet_cidrs must name each CIDR block once. Received: [\"10.0.1.0/24\",\"10.0.1.0/24\"].",
  node_subnet_with_host_bits: "node.subnet_cidrs[*] must be a CIDR block in canonical form, such as \"10.0.1.0/24\" or \"2001:db8::/64\". Received: node.subnet_cidrs[0] = \"10.0.1.9/24, which is 10.0.1.0/24\".",
  node_subnet_that_is_the_world: "node.subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: \"0.0.0.0/0\", \"::/0\" and parts of them admit everybody, not the node. Received: node.subnet_cidrs[0] = \"0.0.0.0/0\".",
  node_by_url: "node.domain_name must be a domain name such as \"shop.example.com\", without scheme, port and path: CloudFront takes no addresses. Received: \"https://node.example.com\".",
  node_http_port_0: "node.http_port must be a whole number from 1 to 65535. Received: 0.",
  node_https_port_65536: "node.https_port must be a whole number from 1 to 65535. Received: 65536.",
  node_protocol_of_a_load_balancer: "node.origin_protocol_policy must be one of http-only, https-only, match-viewer. Received: \"HTTPS\".",
  node_tls_that_cloudfront_does_not_speak: "node.origin_ssl_protocols[*] must be one of SSLv3, TLSv1, TLSv1.1, TLSv1.2. Received: node.origin_ssl_protocols = \"TLSv1.3\".",
  node_that_may_take_four_minutes: "node.origin_read_timeout must be a whole number from 1 to 180 seconds. Received: 240.",
  node_without_a_kept_connection: "node.origin_keepalive_timeout must be a whole number from 1 to 180 seconds. Received: 0.",
  vpc_origin_of_a_gateway: "node.vpc_origin.endpoint_type must be one of application, network, instance. Received: \"gateway\".",
  vpc_origin_by_name: "node.vpc_origin.endpoint_arn must be the ARN of an Application or Network Load Balancer, or of an instance. Received: \"node\".",
  vpc_origin_without_security_groups: "node.vpc_origin.security_group_ids must have at least one security group. Received: {}.",
  vpc_origin_with_a_security_group_twice: "node.vpc_origin.security_group_ids must name each security group once. Received: {\"a\":\"sg-00000000000000004\",\"b\":\"sg-00000000000000004\"}.",
  vpc_origin_security_group_by_name: "node.vpc_origin.security_group_ids[*] must be a security group id such as \"sg-0123456789abcdef0\". Received: node.vpc_origin.security_group_ids[\"a\"] = \"default\".",
  // validations_secret_header.tftest.hcl
  no_value: "secret_header_values must have blue, green or both.",
  one_value_twice: "secret_header_values must have a green that is not the blue, or the change of the header would change nothing.",
  value_of_31_characters: "secret_header_values.blue must be 32 to 128 digits and lower-case letters.",
  value_in_capitals: "secret_header_values.green must be 32 to 128 digits and lower-case letters.",
  header_with_an_underscore: "secret_header.name must be 1 to 40 letters, digits and hyphens, such as \"X-CloudFront-Secret\". Received: \"X_Secret\".",
  header_of_every_client: "secret_header.name must not be a header with a meaning of its own (accept, authorization, connection, content-length, content-type, cookie, host, te, transfer-encoding, upgrade, user-agent, x-forwarded-for, x-forwarded-port, x-forwarded-proto, x-real-ip). Received: \"User-Agent\".",
  header_of_amazon: "secret_header.name must not be one that CloudFront adds to no request (X-Amz- and X-Edge- headers, those of caching, connections and proxies, Cookie, Host, Range, X-Real-Ip). Received: \"X-Amz-Secret\".",
  header_of_a_cache: "secret_header.name must not be one that CloudFront adds to no request (X-Amz- and X-Edge- headers, those of caching, connections and proxies, Cookie, Host, Range, X-Real-Ip). Received: \"Cache-Control\".",
  third_color: "secret_header.active must be one of blue, green. Received: \"red\".",
  one_secret_twice: "secret_header.secrets must have a green that is not the blue, or the change of the header would change nothing. Received: {\"blue\":{\"arn\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf\",\"json_key\":null},\"green\":{\"arn\":\"arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf\",\"json_key\":null}}.",
  blue_secret_by_name: "secret_header.secrets.blue.arn must be the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX). Received: \"blue\".",
  green_secret_by_name: "secret_header.secrets.green.arn must be the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX). Received: \"green\".",
  blue_key_of_a_path: "secret_header.secrets.blue.json_key must be a key of letters, digits and the characters _.-. Received: \"a/b\".",
  green_key_of_a_path: "secret_header.secrets.green.json_key must be a key of letters, digits and the characters _.-. Received: \"a/b\".",
  two_sources: "secret_header must have either secrets or secret_header_values: without a value CloudFront could not be told from others, and of two sources one would be ignored.",
  no_source: "secret_header must have either secrets or secret_header_values: without a value CloudFront could not be told from others, and of two sources one would be ignored.",
  active_value_taken_away: "secret_header.active is \"blue\", and there is no such value: give it in secret_header.secrets or secret_header_values, or let the other one be sent.",
  active_secret_taken_away: "secret_header.active is \"green\", and there is no such value: give it in secret_header.secrets or secret_header_values, or let the other one be sent.",
  // validations_origins.tftest.hcl
  origin_of_no_kind: "origins[*] must have one of custom_origin_config ({} for https-only on 443), vpc_origin_config and s3_origin_config; a bucket with origin_access_control_id needs none. Received: origins[\"shop\"] = {\"custom_origin_config\":null,\"origin_access_control_id\":null,\"s3_origin_config\":null,\"vpc_origin_config\":null}.",
  origin_of_two_kinds: "origins[*] must have one of custom_origin_config ({} for https-only on 443), vpc_origin_config and s3_origin_config; a bucket with origin_access_control_id needs none. Received: origins[\"shop\"] = {\"custom_origin_config\":{\"http_port\":80,\"https_port\":443,\"origin_keepalive_timeout\":5,\"origin_protocol_policy\":\"https-only\",\"origin_read_timeout\":30,\"origin_ssl_protocols\":[\"TLSv1.2\"]},\"origin_access_control_id\":null,\"s3_origin_config\":null,\"vpc_origin_config\":{\"origin_keepalive_timeout\":5,\"origin_read_timeout\":30,\"vpc_origin_id\":\"vo_1\"}}.",
  bucket_served_by_the_node: "origins[*] must have served_by = \"other\" where it is a bucket: the node knows nothing of its content. Received: origins[\"shop\"] = {\"domain_name\":\"shop.s3.amazonaws.com\",\"served_by\":\"node\"}.",
  origin_by_url: "origins[*].domain_name must be a domain name such as \"shop.example.com\", without scheme, port and path: CloudFront takes no addresses. Received: origins[\"shop\"].domain_name = \"shop.example.com/shop\".",
  origin_served_by_nobody: "origins[*].served_by must be one of node, application, other. Received: origins[\"shop\"].served_by = \"cdn\".",
  origin_path_with_a_slash_at_its_end: "origins[*].origin_path must be empty, or start with / and not end with it. Received: origins[\"shop\"].origin_path = \"/shop/\".",
  origin_with_four_attempts: "origins[*].connection_attempts must be a whole number from 1 to 3. Received: origins[\"shop\"].connection_attempts = 4.",
  origin_with_eleven_seconds: "origins[*].connection_timeout must be a whole number from 1 to 10 seconds. Received: origins[\"shop\"].connection_timeout = 11.",
  origin_with_a_header_of_a_connection: "origins[*].custom_headers must have no header that CloudFront adds to no request (X-Amz- and X-Edge- headers, those of caching, connections and proxies, Cookie, Host, Range, X-Real-Ip). Received: origins[\"shop\"].custom_headers = [\"Upgrade\"].",
  origin_with_the_secret_header: "origins must not have the secret header, X-CloudFront-Secret, among their custom_headers: the module adds it. Take it out of: shop.",
  origin_shield_by_city: "origins[*].origin_shield_region must be a Region such as \"eu-central-1\". Received: origins[\"shop\"].origin_shield_region = \"Frankfurt\".",
  origin_http_port_0: "origins[*].custom_origin_config.http_port must be a whole number from 1 to 65535. Received: origins[\"shop\"].custom_origin_config.http_port = 0.",
  origin_https_port_65536: "origins[*].custom_origin_config.https_port must be a whole number from 1 to 65535. Received: origins[\"shop\"].custom_origin_config.https_port = 65536.",
  origin_protocol_of_a_load_balancer: "origins[*].custom_origin_config.origin_protocol_policy must be one of http-only, https-only, match-viewer. Received: origins[\"shop\"].custom_origin_config.origin_protocol_policy = \"HTTP\".",
  origin_tls_that_cloudfront_does_not_speak: "origins[*].custom_origin_config.origin_ssl_protocols[*] must be one of SSLv3, TLSv1, TLSv1.1, TLSv1.2. Received: origins[\"shop\"].custom_origin_config.origin_ssl_protocols = \"TLSv1.3\".",
  origin_that_may_take_four_minutes: "origins[*].custom_origin_config.origin_read_timeout must be a whole number from 1 to 180 seconds. Received: origins[\"shop\"].custom_origin_config.origin_read_timeout = 240.",
  origin_without_a_kept_connection: "origins[*].custom_origin_config.origin_keepalive_timeout must be a whole number from 1 to 180 seconds. Received: origins[\"shop\"].custom_origin_config.origin_keepalive_timeout = 0.",
  origin_by_an_arn: "origins[*].vpc_origin_config.vpc_origin_id must be the ID of a VPC origin such as \"vo_0123456789abcdefABCDEF\". Received: origins[\"shop\"].vpc_origin_config.vpc_origin_id = \"arn:aws:cloudfront::123456789012:vpcorigin/vo_1\".",
  vpc_origin_that_may_take_four_minutes: "origins[*].vpc_origin_config.origin_read_timeout must be a whole number from 1 to 180 seconds. Received: origins[\"shop\"].vpc_origin_config.origin_read_timeout = 240.",
  vpc_origin_without_a_kept_connection: "origins[*].vpc_origin_config.origin_keepalive_timeout must be a whole number from 1 to 180 seconds. Received: origins[\"shop\"].vpc_origin_config.origin_keepalive_timeout = 0.",
  bucket_with_an_identity_by_id: "origins[*].s3_origin_config.origin_access_identity must be a path such as \"origin-access-identity/cloudfront/E127EXAMPLE51Z\". Received: origins[\"shop\"].s3_origin_config.origin_access_identity = \"E127EXAMPLE51Z\".",
  // validations_distribution.tftest.hcl
  adopted_by_arn: "adopted_distribution_id must be the ID of a distribution such as \"E2QWRUHAPOMQZL\". Received: \"arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL\".",
  adopted_without_origins: "adopted_distribution_id needs origins: list every origin of the distribution, as it is today. What is not listed would be lost.",
  adopted_and_new: "adopted_distribution_id must be null beside new_distribution: call the module once for each distribution.",
  behaviour_of_an_origin_that_is_not_there: "new_distribution must have cache behaviours that send requests to origins. Received: {\"origins\":[\"shop\"],\"target_origin_ids\":[\"shop\",\"api\"]}.",
  aliases_without_a_certificate: "new_distribution must have an acm_certificate_arn for its aliases. Received: {\"acm_certificate_arn\":null,\"aliases\":[\"www.example.com\"]}.",
  alias_that_is_the_node: "new_distribution must not have node.domain_name as an alias: CloudFront would send every request back to where it came from. Received: {\"aliases\":[\"Node.example.com\"],\"node_domain_name\":\"node.example.com\"}.",
  alias_with_a_port: "new_distribution.aliases[*] must be a domain name, or one that starts with \"*.\". Received: new_distribution.aliases = \"www.example.com:443\".",
  certificate_of_another_region: "new_distribution.acm_certificate_arn must be the ARN of a certificate in us-east-1 (arn:aws:acm:us-east-1:ACCOUNT:certificate/ID), the Region of CloudFront. Received: \"arn:aws:acm:eu-central-1:123456789012:certificate/abc\".",
  tls_of_2006: "new_distribution.minimum_protocol_version must be one of TLSv1.2_2018, TLSv1.2_2019, TLSv1.2_2021. Received: \"TLSv1.1_2016\".",
  comment_of_129_characters: `new_distribution.comment must have at most 128 characters. Received: "${"0".repeat(129)}".`,
  http_4: "new_distribution.http_version must be one of http1.1, http2, http2and3, http3. Received: \"http4\".",
  price_class_by_number: "new_distribution.price_class must be one of PriceClass_100, PriceClass_200, PriceClass_All. Received: \"100\".",
  web_acl_of_a_region: "new_distribution.web_acl_id must be the ARN of a global web ACL (arn:aws:wafv2:us-east-1:ACCOUNT:global/webacl/NAME/ID). Received: \"arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/abc\".",
  logs_to_a_bucket_by_name: "new_distribution.logging.bucket must be the domain name of a bucket such as \"logs.s3.amazonaws.com\". Received: \"logs\".",
  default_behaviour_in_clear_text: "new_distribution.default_cache_behavior.viewer_protocol_policy must be one of redirect-to-https, https-only, allow-all. Received: \"http-only\".",
  default_behaviour_for_get_alone: "new_distribution.default_cache_behavior.allowed_methods must be GET, HEAD; or GET, HEAD, OPTIONS; or GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE. Received: [\"GET\"].",
  default_behaviour_that_caches_posts: "new_distribution.default_cache_behavior.cached_methods must be GET, HEAD; or GET, HEAD, OPTIONS. Received: [\"GET\",\"HEAD\",\"POST\"].",
  default_behaviour_with_a_cache_policy_by_name: "new_distribution.default_cache_behavior.cache_policy_id must be the ID of a policy such as \"4135ea2d-6df8-44a3-9df3-4b5a84be39ad\". Received: \"mine\".",
  default_behaviour_with_a_origin_request_policy_by_name: "new_distribution.default_cache_behavior.origin_request_policy_id must be the ID of a policy such as \"4135ea2d-6df8-44a3-9df3-4b5a84be39ad\". Received: \"mine\".",
  default_behaviour_with_a_response_headers_policy_by_name: "new_distribution.default_cache_behavior.response_headers_policy_id must be the ID of a policy such as \"4135ea2d-6df8-44a3-9df3-4b5a84be39ad\". Received: \"mine\".",
  ordered_behaviour_in_clear_text: "new_distribution.ordered_cache_behaviors[*].viewer_protocol_policy must be one of redirect-to-https, https-only, allow-all. Received: new_distribution.ordered_cache_behaviors[0].viewer_protocol_policy = \"http-only\".",
  ordered_behaviour_for_get_alone: "new_distribution.ordered_cache_behaviors[*].allowed_methods must be GET, HEAD; or GET, HEAD, OPTIONS; or GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE. Received: new_distribution.ordered_cache_behaviors[0].allowed_methods = [\"GET\"].",
  ordered_behaviour_that_caches_posts: "new_distribution.ordered_cache_behaviors[*].cached_methods must be GET, HEAD; or GET, HEAD, OPTIONS. Received: new_distribution.ordered_cache_behaviors[0].cached_methods = [\"GET\",\"HEAD\",\"POST\"].",
  ordered_behaviour_with_a_cache_policy_by_name: "new_distribution.ordered_cache_behaviors[*].cache_policy_id must be the ID of a policy such as \"4135ea2d-6df8-44a3-9df3-4b5a84be39ad\". Received: new_distribution.ordered_cache_behaviors[0].cache_policy_id = \"mine\".",
  ordered_behaviour_with_a_origin_request_policy_by_name: "new_distribution.ordered_cache_behaviors[*].origin_request_policy_id must be the ID of a policy such as \"4135ea2d-6df8-44a3-9df3-4b5a84be39ad\". Received: new_distribution.ordered_cache_behaviors[0].origin_request_policy_id = \"mine\".",
  ordered_behaviour_with_a_response_headers_policy_by_name: "new_distribution.ordered_cache_behaviors[*].response_headers_policy_id must be the ID of a policy such as \"4135ea2d-6df8-44a3-9df3-4b5a84be39ad\". Received: new_distribution.ordered_cache_behaviors[0].response_headers_policy_id = \"mine\".",
  path_pattern_with_a_space: "new_distribution.ordered_cache_behaviors[*].path_pattern must be 1 to 255 of the characters that CloudFront takes. Received: new_distribution.ordered_cache_behaviors[0].path_pattern = \"/my api/*\".",
  // validations_security_groups.tftest.hcl
  no_ports: "security_groups.ports must have at least one port. Received: [].",
  port_65536: "security_groups.ports[*] must be a whole number from 1 to 65535. Received: security_groups.ports = 65536.",
  network_interface_of_an_instance: "security_groups.network_interface_ids[*] must be a network interface id such as \"eni-0123456789abcdef0\". Received: security_groups.network_interface_ids[\"a\"] = \"i-0123456789abcdef0\".",
  quota_above_what_aws_grants: "security_groups.rules_quota must be a whole number from 1 to 1000. Received: 1001.",
  application_that_admits_no_subnet: "application must be given node.subnet_cidrs with the source \"subnet_cidrs\", as it would admit nobody without. Received: {\"node_subnet_cidrs\":[],\"source\":\"subnet_cidrs\"}.",
  application_security_group_by_name: "application.security_group_id must be a security group id such as \"sg-0123456789abcdef0\". Received: \"default\".",
  application_without_ports: "application.ports must have at least one port. Received: [].",
  application_port_twice: "application.ports must name each port once. Received: [80,80].",
  application_port_0: "application.ports[*] must be a whole number from 1 to 65535. Received: application.ports[0] = 0.",
  application_source_by_prefix_list: "application.source must be one of security_group, subnet_cidrs. Received: \"prefix_list\".",
  application_subnet_twice: "application.subnet_cidrs must name each CIDR block once. Received: [\"10.0.11.0/24\",\"10.0.11.0/24\"].",
  application_subnet_by_address: "application.subnet_cidrs[*] must be a CIDR block in canonical form, such as \"10.0.1.0/24\" or \"2001:db8::/64\". Received: application.subnet_cidrs[0] = \"10.0.11.5\".",
  application_subnet_that_is_half_the_world: "application.subnet_cidrs[*] must be no wider than a subnet of AWS, /16 in IPv4 and /44 in IPv6: \"0.0.0.0/0\", \"::/0\" and parts of them admit everybody, not the node. Received: application.subnet_cidrs[0] = \"128.0.0.0/1\".",

  // distribution.tftest.hcl
  adopted_without_an_import: `The distribution E2QWRUHAPOMQZL was not imported. Add to the root module:
import {
  to = module.NAME.aws_cloudfront_distribution.adopted[0]
  id = "E2QWRUHAPOMQZL"
}`,

  // secret_header.tftest.hcl
  secret_that_is_no_value: "secret_header.secrets.blue: the value in arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf must be 32 to 128 digits and lower-case letters, in the key json_key of a JSON object where that is given.",
  secret_without_the_key: "secret_header.secrets.blue: the value in arn:aws:secretsmanager:eu-central-1:123456789012:secret:blue-AbCdEf must be 32 to 128 digits and lower-case letters, in the key json_key of a JSON object where that is given.",

  // security_groups.tftest.hcl
  list_that_does_not_fit: "com.amazonaws.global.cloudfront.origin-facing counts as 61 rules, and security_groups.rules_quota is 60: AWS would refuse the rule. Have the quota of inbound rules per security group raised, and set it here.",
  list_of_which_aws_does_not_tell_the_size: "com.amazonaws.global.cloudfront.origin-facing counts as 55 rules, and security_groups.rules_quota is 54: AWS would refuse the rule. Have the quota of inbound rules per security group raised, and set it here.",
  whole_vpc: "node.subnet_cidrs (10.0.0.0/16) cover a whole CIDR block of vpc-0123456789abcdef0 (10.0.0.0/16): everything in it could reach the application around the node. List the node's own subnets only, or set application.admit_whole_vpc = true.",

  // vpc_origin.tftest.hcl
  other_kind_of_load_balancer: 'node.vpc_origin.endpoint_type is "application", and arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef is another kind of load balancer.',
  load_balancer_of_the_internet: "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/0123456789abcdef is internet-facing. A VPC origin leads to an internal load balancer; one that the internet reaches is an origin by its name, without vpc_origin.",
  network_load_balancer_without_security_groups: "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef was created without security groups, and AWS takes no such Network Load Balancer as a VPC origin. Use one that has security groups; they cannot be added later.",
  dual_stack_network_load_balancer: "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef is a dual-stack Network Load Balancer, which AWS does not take as a VPC origin. Use one for IPv4.",
  network_load_balancer_that_ends_tls: "node.vpc_origin: arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/0123456789abcdef has a TLS listener on port 443, which AWS does not take as a VPC origin. Use a TCP listener, and let the node end TLS.",
};

describeRefusals({ module: "cloudfront", messages: cloudfront }, (found) => {
  test("meet every validation and precondition", () => {
    expect(unmet("cloudfront", "validation", found())).toEqual([]);
    expect(unmet("cloudfront", "precondition", found())).toEqual([]);
  });

  test("meet every postcondition but two that a distribution must be imported for", () => {
    // Those: __tests__/apply/cloudfront.test.ts.
    expect(unmet("cloudfront", "postcondition", found())).toHaveLength(2);
  });
});
