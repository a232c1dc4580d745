/** Resource types that open no way to an application, with the reason. A type that is neither here nor in the table may. */
const REASONS: readonly (readonly [reason: string, ...prefixes: string[]])[] = [
  [
    "Who may call AWS is another question than who reaches the application.",
    ...["aws_iam_", "aws_kms_", "aws_secretsmanager_", "aws_ssm_parameter", "aws_key_pair", "aws_acm_certificate"],
  ],
  [
    "It watches, and forwards nothing.",
    ...[
      "aws_cloudwatch_",
      "aws_cloudtrail",
      "aws_config_",
      "aws_flow_log",
      "aws_guardduty_",
      "aws_sns_",
      "aws_budgets_",
    ],
    ...["aws_ec2_network_insights_", "aws_xray_", "aws_securityhub_"],
  ],
  [
    "It keeps data, and opens no connections.",
    ...["aws_s3_", "aws_dynamodb_", "aws_sqs_", "aws_ecr_", "aws_ebs_", "aws_volume_attachment", "aws_backup_"],
  ],
  [
    "A name opens no way that its address does not.",
    "aws_route53_record",
    "aws_route53_zone",
    "aws_route53_health_check",
  ],
  ["It inspects requests, and forwards none.", "aws_wafv2_", "aws_shield_"],
  ["Nothing goes there without a route, which is a resource of its own.", "aws_internet_gateway", "aws_egress_only_"],
  ["It is empty until something has an interface in it, which is a resource of its own.", "aws_vpc", "aws_subnet"],
  [
    "It only says what others may start.",
    ...["aws_ecs_cluster", "aws_ecs_task_definition", "aws_autoscaling_policy", "aws_autoscaling_lifecycle_hook"],
    ...[
      "aws_autoscaling_notification",
      "aws_autoscaling_schedule",
      "aws_ami",
      "aws_placement_group",
      "aws_db_subnet_group",
    ],
    ...["aws_lambda_permission", "aws_lambda_alias", "aws_lambda_layer_version", "aws_sfn_"],
  ],
  [
    "It belongs to TLS or caching, and not to where requests go.",
    ...["aws_lb_listener_certificate", "aws_alb_listener_certificate", "aws_lb_trust_store"],
    ...[
      "aws_cloudfront_cache_policy",
      "aws_cloudfront_origin_request_policy",
      "aws_cloudfront_response_headers_policy",
    ],
    ...["aws_cloudfront_origin_access_", "aws_cloudfront_public_key", "aws_cloudfront_key_group"],
  ],
  ["Code at the edge is not judged: where a distribution runs it, a lock is unknown.", "aws_cloudfront_function"],
  [
    "A stage serves it only after a deployment, and the stage is judged.",
    ...[
      "aws_api_gateway_deployment",
      "aws_api_gateway_resource",
      "aws_api_gateway_method",
      "aws_api_gateway_integration",
    ],
    ...["aws_api_gateway_gateway_response", "aws_api_gateway_model", "aws_api_gateway_request_validator"],
    ...["aws_api_gateway_authorizer", "aws_api_gateway_rest_api_policy", "aws_apigatewayv2_deployment"],
  ],
  [
    "It says who may use an API, and not where requests go.",
    ...["aws_api_gateway_account", "aws_api_gateway_api_key", "aws_api_gateway_usage_plan"],
    ...["aws_api_gateway_client_certificate", "aws_apigatewayv2_authorizer"],
  ],
  [
    "It makes nothing in AWS by itself. What a provisioner does is not in a plan.",
    ...["random_", "time_", "null_resource", "terraform_data", "tls_", "local_", "archive_", "cloudinit_"],
  ],
];

/** Without what only begins with the name of another type. */
const EXACT = new Set(["aws_vpc", "aws_subnet", "aws_internet_gateway"]);

/** @returns the reason, or null: nobody can say what the type does */
export function harmless(type: string): string | null {
  const found = REASONS.find(([, ...prefixes]) =>
    prefixes.some((prefix) => (EXACT.has(prefix) ? type === prefix : type.startsWith(prefix))),
  );
  return found?.[0] ?? null;
}
