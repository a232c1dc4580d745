import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { ReferenceTo } from "../../synth/variables/schema";
import { ApplicationTargetGroups } from "./application-target-groups";
import { ExistingRules } from "./existing-rules";
import { Routes } from "./route-schema";
import { SecretHeader, VALUES_BESIDE_SECRET_HEADER } from "./secret-header";
import { albNodeSchema } from "./target-group";

export interface RoutePreconditionsProps {
  readonly routes: Routes;
  readonly node: ReferenceTo<typeof albNodeSchema>;
  readonly nodeTargetGroupArn: string;
  readonly nodeTrafficPercent: number;
  readonly secretHeader: SecretHeader;
  readonly existing: ExistingRules;
  readonly application: ApplicationTargetGroups;
  /** By route. */
  readonly conditions: IResolvable;
  /** By route, the number of values in its conditions. */
  readonly valueCounts: IResolvable;
}

/** Of the rule of a route: what only the existing rules, or several variables together, can refuse. */
export function preconditions(props: RoutePreconditionsProps): Validation[] {
  return [...ofExistingRule(props), ...ofTargetGroups(props), ...ofSecretHeader(props)];
}

function ofExistingRule({ routes, existing, conditions }: RoutePreconditionsProps): Validation[] {
  const today = hcl`${existing.today}[each.key]`;
  const route = hcl`${today}.name`;
  const types = hcl`${today}.action_types`;
  const remembered = hcl`${existing.remembered.fqn}[each.key].output`;
  const last = hcl`max(compact([${routes.each.priority}, ${routes.each.closing_priority}])...)`;
  return [
    {
      condition: hcl`length(${existing.ofController}) == 0`,
      errorMessage:
        text`${hcl`join(", ", ${existing.ofController})`} belongs to the AWS Load Balancer Controller, which deletes the rules of others. ` +
        "Set routes = {}, and forward to target_group_arn in the Ingress, with the annotation alb.ingress.kubernetes.io/actions.NAME.",
    },
    {
      condition: hcl`${types} != ""`,
      errorMessage:
        text`${route} cannot be read at plan, because its listener, or a resource in depends_on of the module, changes ` +
        "in the same apply. Apply that change first.",
    },
    {
      // Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
      condition: hcl`length(regexall("authenticate-|jwt-validation", ${types})) == 0`,
      errorMessage:
        text`${route} authenticates clients (${types}), and a route would take its requests without a login. ` +
        "Remove the route, and let the owner's rule forward to the node after the login, as the output forward_action says.",
    },
    {
      condition: hcl`length(regexall("^(|forward|.*(authenticate-|jwt-validation).*)$", ${types})) > 0`,
      errorMessage: text`${route} has the actions "${types}", and a route can only replace a single "forward". Remove the route.`,
    },
    {
      condition: hcl`${types} != "forward" || alltrue([
        for condition in ${conditions}[each.key] :
        length([for kind in values(condition) : kind if try(length(kind.values), 0) > 0]) == 1
      ])`,
      errorMessage:
        text`${route} has a condition that this version of the AWS provider cannot read, such as a regular expression, so a ` +
        "mirror would match other requests, too. Set conditions and current_rule_arn for the route.",
    },
    {
      condition: hcl`${routes.each.mirrors_priority} == null ? true : ${today}.arn == ${remembered}`,
      errorMessage:
        text`${route} is now ${hcl`coalesce(${today}.arn, "-")`}, and the route was created for ${hcl`try(${remembered}, "-")`}. ` +
        "Set mirrors_rule_arn to the one to mirror, or mirrors_priority to its number.",
    },
    {
      condition: hcl`${today}.priority == null ? true : ${today}.priority > ${last}`,
      errorMessage:
        text`${route} has the priority ${hcl`coalesce(${today}.priority, 0)`}, which is not after the route's ${routes.each.priority} and ` +
        "its closing rule's. Set priority and closing_priority to numbers directly before it.",
    },
  ];
}

function ofTargetGroups(props: RoutePreconditionsProps): Validation[] {
  const { node, nodeTargetGroupArn, nodeTrafficPercent: percent, routes, existing, application } = props;
  const today = hcl`${existing.today}[each.key]`;
  const arns = hcl`${today}.target_group_arns`;
  const arn = hcl`${application.arns}[each.key]`;
  const protocol = hcl`one([for listener in ${existing.listeners.fqn} : listener.protocol if listener.arn == ${routes.each.listener_arn}])`;
  return [
    {
      condition: hcl`${percent} == 100 || ${arn} != null || ${today}.action_types != "forward"`,
      errorMessage:
        text`${hcl`${today}.name`} forwards to ${hcl`length(${arns})`} target groups ` +
        text`(${hcl`join(", ", ${arns})`}). Set application_target_group_arn to the one behind the node; if this is a ` +
        "deployment, wait until it is complete.",
    },
    {
      condition: hcl`try(${arn} != ${nodeTargetGroupArn}, true)`,
      errorMessage:
        text`routes["${hcl`each.key`}"]: application_target_group_arn is the node's own target group, ` +
        text`${nodeTargetGroupArn}. Set it to the application's target group.`,
    },
    {
      condition: hcl`${node.protocol_version} == "HTTP1" || ${protocol} == "HTTPS"`,
      errorMessage:
        text`routes["${hcl`each.key`}"]: node.protocol_version is "${node.protocol_version}", which needs an HTTPS listener, ` +
        text`but ${routes.each.listener_arn} is not one. Set it to "HTTP1".`,
    },
  ];
}

function ofSecretHeader({ secretHeader, existing, conditions, valueCounts }: RoutePreconditionsProps): Validation[] {
  const today = hcl`${existing.today}[each.key]`;
  const route = hcl`${today}.name`;
  const valueCount = hcl`${valueCounts}[each.key]`;
  return [
    {
      condition: hcl`${secretHeader} == null || ${valueCount} <= ${VALUES_BESIDE_SECRET_HEADER}`,
      errorMessage:
        text`${route} has ${valueCount} values in its conditions, and AWS allows five in a rule, ` +
        "including the two of secret_header_values. Use several routes with conditions, with at most " +
        text`${VALUES_BESIDE_SECRET_HEADER} values each.`,
    },
    {
      condition: hcl`alltrue([
        for condition in ${conditions}[each.key] : try(lower(condition.http_header.http_header_name) != lower(${secretHeader.name}), true)
      ])`,
      errorMessage:
        text`${route} already has a condition on the header in secret_header, and a request would ` +
        "have to match both. Set conditions without it for the route or, if all routes have one, set secret_header = null.",
    },
  ];
}
