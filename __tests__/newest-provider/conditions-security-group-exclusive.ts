import { describeConditions } from "../modules/describe-conditions";
import { useNewestProvider } from "./support/newest-provider";

useNewestProvider("modules/security-group-exclusive");

describeConditions({
  module: "security-group-exclusive",
  messages: {
    group_that_would_replace_its_instances:
      "Auto Scaling would replace all instances of shop, because their ELB health checks fail when the load balancer is locked out. Detach the application's target group, set health_check_type = \"EC2\", or add the load balancer's rule to ingress_rule_ids.",
    instances_of_a_group_that_is_not_listed:
      "Auto Scaling groups that autoscaling_group_names does not list have 1 of the application's instances (such as i-00000000000000002). List them, so that the module can check that they do not replace these instances.",
    tasks:
      "The application runs on no instances that the module can see, and an ECS service replaces tasks whose load balancer is locked out. Follow the step on health checks in the runbook, then set accept_failing_health_checks = true, or add the load balancer's rule to ingress_rule_ids.",
  },
});
