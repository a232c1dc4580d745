/** The resource types whose changes matter. */
import * as z from "zod";
import { HTTP_API, HTTP_INTEGRATION, HTTP_ROUTE, HTTP_STAGE, REST_API, REST_STAGE, REST_VPC_LINK } from "./api-gateway";
import { DISTRIBUTION } from "./cloudfront";
import { ENDPOINT_SERVICE } from "./endpoint-services";
import * as interfaces from "./interfaces";
import * as balancing from "./load-balancing";
import { NETWORK_ACL, NETWORK_ACL_ASSOCIATION, NETWORK_ACL_RULE } from "./network-acls";
import { Row, row } from "./row";
import { ROUTE, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION } from "./routes";
import { EGRESS_RULE, INGRESS_RULE, SECURITY_GROUP, SECURITY_GROUP_RULES } from "./security-groups";
import { AfterApply } from "./values";

/** What refers to another resource comes after it. */
export const TABLE: Readonly<Record<string, Row>> = {
  aws_security_group: SECURITY_GROUP,
  aws_default_security_group: adopted(SECURITY_GROUP),
  aws_security_group_rule: SECURITY_GROUP_RULES,
  aws_vpc_security_group_ingress_rule: INGRESS_RULE,
  aws_vpc_security_group_egress_rule: EGRESS_RULE,
  aws_network_acl: NETWORK_ACL,
  aws_default_network_acl: adopted(NETWORK_ACL),
  aws_network_acl_rule: NETWORK_ACL_RULE,
  aws_network_acl_association: NETWORK_ACL_ASSOCIATION,
  aws_route_table: ROUTE_TABLE,
  aws_default_route_table: adopted(ROUTE_TABLE),
  aws_route: ROUTE,
  aws_route_table_association: ROUTE_TABLE_ASSOCIATION,
  aws_lb: balancing.LOAD_BALANCER,
  aws_alb: balancing.LOAD_BALANCER,
  aws_lb_target_group: balancing.TARGET_GROUP,
  aws_alb_target_group: balancing.TARGET_GROUP,
  aws_lb_listener: balancing.LISTENER,
  aws_alb_listener: balancing.LISTENER,
  aws_lb_listener_rule: balancing.LISTENER_RULE,
  aws_alb_listener_rule: balancing.LISTENER_RULE,
  aws_vpc_endpoint_service: ENDPOINT_SERVICE,
  aws_instance: interfaces.INSTANCE,
  aws_network_interface: interfaces.NETWORK_INTERFACE,
  aws_network_interface_sg_attachment: interfaces.SECURITY_GROUP_ATTACHMENT,
  aws_autoscaling_group: interfaces.AUTO_SCALING_GROUP,
  aws_autoscaling_attachment: interfaces.AUTO_SCALING_ATTACHMENT,
  aws_autoscaling_traffic_source_attachment: interfaces.TRAFFIC_SOURCE_ATTACHMENT,
  aws_lb_target_group_attachment: balancing.TARGET_GROUP_ATTACHMENT,
  aws_alb_target_group_attachment: balancing.TARGET_GROUP_ATTACHMENT,
  aws_cloudfront_distribution: DISTRIBUTION,
  aws_apigatewayv2_api: HTTP_API,
  aws_apigatewayv2_integration: HTTP_INTEGRATION,
  aws_apigatewayv2_route: HTTP_ROUTE,
  aws_apigatewayv2_stage: HTTP_STAGE,
  aws_api_gateway_rest_api: REST_API,
  aws_api_gateway_stage: REST_STAGE,
  aws_api_gateway_vpc_link: REST_VPC_LINK,

  // These make interfaces only with these arguments, and their addresses are known only after the apply.
  aws_launch_template: watched("vpc_security_group_ids", "network_interfaces"),
  aws_ecs_service: watched("network_configuration", "load_balancer"),
  aws_lambda_function: watched("vpc_config"),
  aws_db_instance: watched("vpc_security_group_ids", "db_subnet_group_name", "publicly_accessible"),
  aws_eip: watched("instance", "network_interface"),
};

/** What AWS made, and Terraform takes over and lets go. The plan does not say which one it will take. */
function adopted(own: Row): Row {
  return {
    ...own,
    remove: () => undefined,
    put: (_, draft) => {
      draft.unknown("which one it adopts is known only after the apply.");
    },
  };
}

/** Nobody can say what follows from a change of these arguments. A resource without them, or that goes, opens nothing. */
function watched(...names: readonly string[]): Row {
  const value = z.preprocess((one) => {
    const isDefault = one instanceof AfterApply && !one.isWritten;
    return isDefault || one === null || one === false || (Array.isArray(one) && one.length === 0) ? undefined : one;
  }, z.unknown());
  return row(z.object(Object.fromEntries(names.map((name) => [name, value]))), {
    remove: () => undefined,
    put: (after, draft) => {
      const written = Object.entries(after).filter(([, one]) => one !== undefined);
      if (written.length > 0)
        draft.unknown(`what follows from ${written.map(([name]) => name).join(" and ")} is not known.`);
    },
  });
}
