import { type Block, CREATE_BEFORE_DESTROY, inWords, type Order } from "./orders";

/** Why some blocks wait for others, in every module that has both. */
export interface Reason {
  readonly why: string;
  /** Where AWS says so. */
  readonly source?: string;
  /** "alb: aws_lb_listener_rule.node" */
  readonly blocks: RegExp;
  /** Which others of the module, or what each block has. */
  readonly waitFor: RegExp | ((block: Block, other: Block) => boolean) | "var.routing" | typeof CREATE_BEFORE_DESTROY;
}

const AWS = "https://docs.aws.amazon.com";

/** What a request passes on its way to the node, or from there to the application. */
const LETS_THROUGH =
  /^aws_(vpc_security_group_(e|in)gress_rule|network_interface_sg_attachment|lb_target_group_attachment|autoscaling_attachment)\./;

export const REASONS: readonly Reason[] = [
  {
    why: "Requests are sent to the node only after the way through it is open",
    blocks:
      / (aws_lb_listener_rule\.node|aws_lb_listener\.adopted|aws_apigatewayv2_(integration|route|vpc_link)\.\w+|aws_api_gateway_integration\.\w+|aws_cloudfront_distribution\.\w+|output\.(forward_action|cutover_\w+|openapi_integration|integrations|node_origin|node_security_group_id))$/,
    waitFor: LETS_THROUGH,
  },
  {
    why: "A node gets the security group for CloudFront only after that group admits CloudFront",
    blocks: / aws_network_interface_sg_attachment\.node$/,
    waitFor: /^aws_vpc_security_group_ingress_rule\.node_from_cloudfront$/,
  },
  {
    why: "Requests without the header are refused only after a rule accepts those with it",
    blocks: / aws_lb_listener_rule\.closing$/,
    waitFor: /^aws_lb_listener_rule\.node$/,
  },
  {
    why: "Auto Scaling and Amazon ECS replace a target that fails health checks, so the load balancer can reach it first",
    source: `${AWS}/autoscaling/ec2/userguide/attach-load-balancer-asg.html`,
    blocks:
      /^application-backend: (aws_autoscaling_attachment\.|aws_lb_target_group_attachment\.|output\.(application|target_group_arns|ecs_load_balancers|owner_configuration)$)/,
    waitFor: /^aws_vpc_security_group_(e|in)gress_rule\./,
  },
  {
    why: "The load balancer behind the node forwards to a target group only after it has targets",
    blocks: /^application-backend: (aws_lb_listener_rule\.application|output\.application)$/,
    waitFor: /^aws_(autoscaling|lb_target_group)_attachment\./,
  },
  {
    why: "The node sends requests to the load balancer behind it only after that load balancer forwards them",
    blocks: /^application-backend: output\.application$/,
    waitFor: /^aws_lb_listener_rule\./,
  },
  {
    why: "Amazon ECS accepts only a target group that a load balancer uses",
    source: `${AWS}/AmazonECS/latest/APIReference/API_CreateService.html`,
    blocks: / output\.(target_group_arns?|ecs_load_balancers|owner_configuration)$/,
    waitFor: /^(aws_lb_listener_rule\.(node|application)|aws_lb_listener\.rehearsal)$/,
  },
  {
    why: "Target tracking by requests is refused until the target group is attached to the Auto Scaling group",
    source: `${AWS}/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html`,
    blocks: / output\.request_count_label$/,
    waitFor: /^aws_(autoscaling|lb_target_group)_attachment\./,
  },
  {
    why: "A deployment is a snapshot of the API, so it is taken after all other changes",
    source: `${AWS}/apigateway/latest/developerguide/how-to-deploy-api.html`,
    // The trigger of an HTTP API refers to all that is deployed.
    blocks:
      /^api-gateway-(http: aws_apigatewayv2_deployment\.\w+|rest(-alb)?: (aws_api_gateway_deployment\.\w+|output\.redeployment_trigger))$/,
    waitFor:
      /^aws_(apigatewayv2_(integration\.adopted|route\.\w+|api\.adopted)|api_gateway_(integration|rest_api_policy|rest_api|base_path_mapping)\.\w+)$/,
  },
  {
    why: "The default endpoint is disabled only after the domain name serves the API",
    blocks: / aws_(apigatewayv2_api|api_gateway_rest_api)\.adopted$/,
    waitFor: /^aws_(apigatewayv2_api_mapping|api_gateway_base_path_mapping)\./,
  },
  {
    why: "The VPC link is destroyed first: if an integration still uses it, AWS refuses, and the certificate stays",
    source: `${AWS}/apigateway/latest/api/API_DeleteVpcLink.html`,
    blocks: / aws_api_gateway_vpc_link\./,
    waitFor: /^aws_api_gateway_client_certificate\./,
  },
  {
    why: "Modules that take routing close other paths only after the requests have moved",
    blocks: / terraform_data\.routing$/,
    waitFor: /^aws_(apigatewayv2|api_gateway)_stage\.adopted$/,
  },
  {
    why: "A network ACL is associated only after it is complete and the previous ACL is known",
    blocks: / aws_network_acl_association\./,
    waitFor: /^(aws_network_acl_rule|terraform_data)\./,
  },
  {
    why: "A network ACL is associated only after the requests have moved",
    blocks: / aws_network_acl_association\./,
    waitFor: "var.routing",
  },
  {
    why: "An instance reads its secrets and downloads the image once, when it boots",
    blocks: / aws_autoscaling_group\./,
    waitFor: /^aws_(iam_role_policy|iam_role_policy_attachment|vpc_security_group_egress_rule)\./,
  },
  {
    why: "AWS CloudTrail and AWS Config check that they can write to the bucket",
    source: `${AWS}/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html`,
    blocks: / (aws_cloudtrail|aws_config_delivery_channel|aws_flow_log)\./,
    waitFor: /^aws_s3_bucket_policy\./,
  },
  {
    why: "AWS Config accepts a delivery channel only if there is a recorder",
    source: `${AWS}/config/latest/APIReference/API_PutDeliveryChannel.html`,
    blocks: / aws_config_delivery_channel\./,
    waitFor: /^aws_config_configuration_recorder\./,
  },
  {
    why: "AWS Config starts a recorder only if there is a delivery channel",
    source: `${AWS}/config/latest/APIReference/API_StartConfigurationRecorder.html`,
    blocks: / aws_config_configuration_recorder_status\./,
    waitFor: /^aws_config_delivery_channel\./,
  },
  {
    why: "AWS Config accepts a rule only if there is a recorder",
    source: `${AWS}/config/latest/APIReference/API_PutConfigRule.html`,
    blocks: / aws_config_config_rule\./,
    waitFor: /^aws_config_configuration_recorder_status\./,
  },
  {
    why: "A service that uses a role has its permissions from the first call",
    blocks: / aws_(config_configuration_recorder|sfn_state_machine|cloudwatch_event_target|flow_log)\./,
    waitFor: ({ text }, { block, text: other }) =>
      /^aws_iam_role_policy(_attachment)?\./.test(block) && rolesIn(other).some((role) => rolesIn(text).includes(role)),
  },
  {
    why: "A replacement of what lets requests through exists before the old resource is destroyed",
    blocks: new RegExp(` ${LETS_THROUGH.source.slice(1)}`),
    waitFor: CREATE_BEFORE_DESTROY,
  },
  {
    why: "AWS does not delete a resource that is in use, so its replacement is created first",
    source: `${AWS}/elasticloadbalancing/latest/APIReference/API_DeleteTargetGroup.html`,
    blocks:
      / aws_(lb_target_group\.|security_group\.|apigatewayv2_(vpc_link|integration|deployment)\.node|api_gateway_(vpc_link|deployment|client_certificate)\.|cloudfront_vpc_origin\.|launch_template\.)/,
    waitFor: CREATE_BEFORE_DESTROY,
  },
];

/** The orders that the modules are to keep for a reason. */
export function ordersFor({ blocks, waitFor }: Reason, all: readonly Block[]): Order[] {
  const waiting = all.filter(({ module, block }) => blocks.test(`${module}: ${block}`));
  return waiting.flatMap((one) => {
    const { module, block } = one;
    const others = all.filter((other) => other.module === module && other.block !== block);
    const names =
      typeof waitFor === "string"
        ? [waitFor]
        : others
            .filter((other) => (waitFor instanceof RegExp ? waitFor.test(other.block) : waitFor(one, other)))
            .map((other) => other.block);
    return names.map((without) => ({ module, block, without }));
  });
}

/** Those that the modules do not keep, in words. */
export function missing(reason: Reason, all: readonly Block[], kept: ReadonlySet<string>): string[] {
  return ordersFor(reason, all)
    .map(inWords)
    .filter((order) => !kept.has(order));
}

function rolesIn(text: string): string[] {
  return text.match(/\baws_iam_role\.\w+/g) ?? [];
}
