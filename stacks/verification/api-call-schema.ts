import { hcl } from "../../synth/language/expression/expression";
import { distinct, matches, wholeNumber } from "../../synth/variables/rules";
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

const networkAclId = matches(/^acl-[0-9a-f]{8,17}$/, 'be a network ACL id such as "acl-0123456789abcdef0"', {
  accepts: ["acl-0123456789abcdef0", "acl-0a1b2c3d"],
  refuses: ["shop", "acl-0a1b2c3", "acl-0123456789abcdef01"],
});

function further(description: string, ...rules: Rule<string>[]) {
  const id = string("ID or ARN.", ...rules);
  return optional(list(description, "id", id, distinct("resource", [id.example, id.example])), []);
}

/** The variable `api_call_alerts`. */
export function apiCallAlertsSchema(notifications: Notifications) {
  return optional(
    example(
      object(
        "Notifies of each API call that can open a way around the node. What is named in routing and application is watched; the lists add to it. Null: nobody is told.",
        {
          listener_arns: further("ARNs of listeners whose load balancers are watched.", listenerArn("app", "net")),
          target_group_arns: further("ARNs of target groups.", targetGroupArn),
          network_acl_ids: further(
            "IDs of the application's network ACLs. Empty: every one in the account and Region.",
            networkAclId,
          ),
          route_table_ids: further(
            "IDs of the application's route tables. Empty: every one in the account and Region.",
            routeTableId,
          ),
          distribution_ids: further("IDs of CloudFront distributions."),
          distributions: optional(
            bool(
              "Whether distributions are watched. Their calls are seen in us-east-1 alone: elsewhere set it to false, and call the module there too.",
            ),
            true,
          ),
          rest_api_ids: further("IDs of REST APIs."),
          http_api_ids: further("IDs of HTTP APIs."),
          vpc_link_ids: further("IDs of VPC links."),
          trail: optional(
            object(
              "A trail, without which EventBridge hears of no call. Null: there is one, which logs management events of this Region.",
              {
                multi_region: optional(
                  bool("Whether it logs every Region. One in us-east-1, or such a one, sees CloudFront."),
                  false,
                ),
                bucket_name: optional(
                  string(
                    "Name of an existing bucket, with a policy that lets CloudTrail in. Null: the module makes one.",
                    bucketName,
                  ),
                ),
                kms_key_arn: optional(
                  string("ARN of the KMS key for the log files; its policy lets CloudTrail use it.", kmsKeyArn),
                ),
                retention_in_days: optional(
                  number("Days after which the module's bucket forgets.", wholeNumber(1, 36500, "days")),
                  365,
                ),
              },
            ),
          ),
        },
        {
          test: () => hcl`${notifications} != null`,
          requirement: "be given notifications, or nobody would hear of a call",
          refuses: [given({ notifications: null }, {})],
        },
      ),
      given({ notifications: {} }, {}),
    ),
  );
}

export type ApiCallAlerts = ReferenceTo<ReturnType<typeof apiCallAlertsSchema>>;
