/** Calls that change where load balancers send requests. */
import { Construct } from "constructs";
import { hcl } from "../../../synth/language/expression/expression";
import { local } from "../../../synth/language/expression/local";
import { ApiCallPatternsProps, Calls, named, notBy, orAbsent, otherThan } from "./calls";

export function loadBalancerCalls(scope: Construct, props: ApiCallPatternsProps) {
  const { routing, application, apiCallAlerts: alerts } = props;
  const loadBalancers = local(
    scope,
    "monitored_load_balancers",
    hcl`distinct([
      for arn in ${named(props, alerts.listener_arns, "listener_arn")} :
      { arn_prefix = regex("^arn:.*:", arn), path = regex(":listener/(.*)/[^/]*$", arn)[0] }
    ])`,
    "The load balancer of each listener, because its other listeners can bypass the node: as the prefix of its ARNs, and as the path app/NAME/ID.",
  );
  const loadBalancerArns = local(
    scope,
    "monitored_load_balancer_arns",
    hcl`[for load_balancer in ${loadBalancers} : "\${load_balancer.arn_prefix}loadbalancer/\${load_balancer.path}"]`,
  );
  const targetGroups = local(
    scope,
    "monitored_target_group_arns",
    hcl`distinct(compact(concat(try(${alerts.target_group_arns}, []), [${routing.node.target_group_arn}])))`,
  );
  const instances = hcl`values(${application.instance_ids})`;
  const ofLoadBalancers = (type: string) =>
    orAbsent(
      hcl`[for load_balancer in ${loadBalancers} : { prefix = "\${load_balancer.arn_prefix}${type}/\${load_balancer.path}/" }]`,
    );
  // Without this, every new instance or task causes an alert.
  const notByDeployments = notBy("autoscaling.amazonaws.com", "ecs.amazonaws.com");

  return {
    listeners: {
      source: "aws.elasticloadbalancing",
      names: [
        ...["CreateListener", "CreateRule", "DeleteListener", "DeleteRule", "ModifyListener"],
        ...["ModifyListenerAttributes", "ModifyLoadBalancerAttributes", "ModifyRule", "SetIpAddressType"],
        ...["SetRulePriorities", "SetSecurityGroups", "SetSubnets"],
      ],
      parameters: hcl`{
        loadBalancerArn = ${orAbsent(loadBalancerArns)}
        listenerArn     = ${ofLoadBalancers("listener")}
        ruleArn         = ${ofLoadBalancers("listener-rule")}
        rulePriorities  = { ruleArn = ${ofLoadBalancers("listener-rule")} }
      }`,
    },
    // Application, Network, and Classic Load Balancers.
    new_load_balancers: { source: "aws.elasticloadbalancing", names: ["CreateLoadBalancer"] },
    other_listeners: {
      source: "aws.elasticloadbalancing",
      names: ["CreateListener", "CreateLoadBalancerListeners"],
      parameters: hcl`{ loadBalancerArn = ${otherThan(loadBalancerArns)} }`,
    },
    targets: {
      source: "aws.elasticloadbalancing",
      names: ["RegisterTargets"],
      parameters: hcl`${{ targetGroupArn: orAbsent(targetGroups) }}`,
      detail: notByDeployments,
    },
    application_targets: {
      when: hcl`length(${application.instance_ids}) > 0`,
      source: "aws.elasticloadbalancing",
      names: ["RegisterTargets"],
      parameters: hcl`{ targetGroupArn = ${otherThan(targetGroups)}, targets = { id = ${instances} } }`,
      detail: notByDeployments,
    },
    classic_targets: {
      when: hcl`length(${application.instance_ids}) > 0`,
      source: "aws.elasticloadbalancing",
      names: ["RegisterInstancesWithLoadBalancer"],
      parameters: hcl`{ instances = { instanceId = ${instances} } }`,
      detail: notByDeployments,
    },
    // Of any Auto Scaling group and any target group: the calls name groups, and not the application.
    autoscaling_targets: {
      source: "aws.autoscaling",
      names: [
        ...["AttachLoadBalancerTargetGroups", "AttachLoadBalancers", "AttachTrafficSources"],
        "CreateAutoScalingGroup",
      ],
    },
    ecs_targets: {
      source: "aws.ecs",
      names: ["CreateService", "CreateTaskSet", "UpdateService"],
      // Most calls are deployments, which name no target group.
      parameters: hcl`{ loadBalancers = { targetGroupArn = [{ exists = true }] } }`,
    },
  } satisfies Record<string, Calls>;
}
