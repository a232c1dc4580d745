import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinct, matches, oneOf, wholeNumber } from "../../synth/variables/rules";
import {
  bool,
  example,
  given,
  list,
  number,
  object,
  optional,
  ReferenceTo,
  Rule,
  string,
} from "../../synth/variables/schema";
import { bucketName, kmsKeyArn, listenerArn, routeTableId, targetGroupArn } from "../parts/identifiers";
import { Notifications } from "./notifications";

const networkAclId = matches(/^acl-[0-9a-f]{8,17}$/, 'be a network ACL ID such as "acl-0123456789abcdef0"', {
  accepts: ["acl-0123456789abcdef0", "acl-0a1b2c3d"],
  refuses: ["shop", "acl-0a1b2c3", "acl-0123456789abcdef01"],
});

/** The kinds of calls, each with a rule of its own in EventBridge. */
export const KINDS = [
  ...["security_groups", "prefix_lists", "network_interfaces", "instances", "node_group_interfaces"],
  ...["node_group_tasks", "node_group_launch_configurations", "subnets", "network_acls", "network_acl_associations"],
  ...["routes", "route_table_associations", "vpc_connections", "endpoint_services", "lattice", "listeners"],
  ...["new_load_balancers", "other_listeners", "targets", "application_targets", "classic_targets"],
  ...["autoscaling_targets", "ecs_targets", "distributions", "other_distributions", "cloudfront_functions"],
  ...[
    "accelerators",
    "rest_apis",
    "http_apis",
    "new_apis",
    "vpc_links",
    "api_domains",
    "trails",
    "flow_logs",
    "config",
  ],
] as [string, ...string[]];

/** Without the names, which would make the message longer than 300 characters. */
const kind: Rule<string> = {
  ...oneOf(...KINDS),
  requirement: "be a kind of calls: a key of the output api_call_patterns, such as new_apis",
};

function additional(description: string, ...rules: Rule<string>[]) {
  const id = string("ID or ARN.", ...rules);
  return optional(list(description, "id", id, distinct("resource", [id.example, id.example])), []);
}

/** The variable `api_call_alerts`. */
export function apiCallAlertsSchema(name: string, notifications: Notifications) {
  return optional(
    example(
      object(
        "Sends an alert for each API call that can open a path around the node. Covers the resources in routing and application, and new entry points in the account. The lists add resources. Null: no alerts.",
        {
          listener_arns: additional(
            "ARNs of listeners. Calls for all listeners of their load balancers cause alerts.",
            listenerArn("app", "net"),
          ),
          target_group_arns: additional("ARNs of target groups.", targetGroupArn),
          network_acl_ids: additional(
            "IDs of the application's network ACLs. Empty: all network ACLs in the account and Region.",
            networkAclId,
          ),
          route_table_ids: additional(
            "IDs of the application's route tables. Empty: all route tables in the account and Region.",
            routeTableId,
          ),
          distribution_ids: additional("IDs of CloudFront distributions."),
          distributions: optional(
            bool(
              "Whether calls for distributions cause alerts. EventBridge gets them only in us-east-1. In another Region, set it to false, and call the module a second time in us-east-1.",
            ),
            true,
          ),
          excluded_kinds: optional(
            list(
              "Kinds of calls that cause no alerts, such as those that other teams in the account make every day.",
              "kind",
              string("Kind.", kind),
              distinct("kind", ["new_apis", "new_apis"]),
            ),
            [],
          ),
          rest_api_ids: additional("IDs of REST APIs."),
          http_api_ids: additional("IDs of HTTP APIs."),
          vpc_link_ids: additional("IDs of VPC links."),
          trail: optional(
            object(
              "Creates a trail. EventBridge gets API calls only if a trail logs them. Null: a trail already logs the management events of this Region.",
              {
                multi_region: optional(
                  bool("Whether the trail logs all Regions. CloudFront needs this, or a trail in us-east-1."),
                  false,
                ),
                bucket: optional(
                  object("An existing bucket whose policy allows CloudTrail to write. Null: the module creates one.", {
                    name: string("Name.", bucketName),
                  }),
                ),
                kms_key_arn: optional(
                  string(
                    "ARN of the KMS key for the log files. Its policy must allow CloudTrail to use it.",
                    kmsKeyArn,
                  ),
                ),
                retention_in_days: optional(
                  number("Days after which objects in the module's bucket expire.", wholeNumber(1, 36500, "days")),
                  365,
                ),
              },
              trailName(name),
            ),
          ),
        },
        {
          test: () => hcl`${notifications} != null`,
          requirement: "be set together with notifications: otherwise, no one gets the alerts",
          refuses: [given({ notifications: null }, {})],
        },
      ),
      given({ notifications: {} }, {}),
    ),
  );
}

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html */
function trailName(name: string): Rule<IResolvable> {
  return {
    test: () => hcl`length(${name}) >= 3 && !strcontains(${name}, "--")`,
    requirement: "be null if name, which the trail gets, has fewer than 3 characters or two hyphens in a row",
    refuses: [given({ name: "ab" }, {}), given({ name: "shop--node" }, {})],
    accepts: [given({ name: "abc" }, {}), given({ name: "shop-wallarm-node" }, {})],
  };
}

export type ApiCallAlerts = ReferenceTo<ReturnType<typeof apiCallAlertsSchema>>;
