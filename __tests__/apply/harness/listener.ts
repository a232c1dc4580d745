import type { Action, Rule, RuleCondition, TargetGroupTuple } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LocalAws } from "./local-aws";

/** Of a listener for HTTPS. moto looks for no certificate of IAM. */
export const HTTPS = {
  Protocol: "HTTPS" as const,
  Port: 443,
  Certificates: [{ CertificateArn: "arn:aws:iam::123456789012:server-certificate/shop" }],
};

/** Actions of a rule that forwards after a login. */
export function afterLogin(TargetGroupArn: string): Action[] {
  return [
    {
      Type: "authenticate-cognito",
      Order: 1,
      AuthenticateCognitoConfig: {
        UserPoolArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/staff",
        UserPoolClientId: "shop",
        UserPoolDomain: "staff",
      },
    },
    { Type: "forward", Order: 2, TargetGroupArn },
  ];
}

/**
 * The rules of a listener as the API has them, in words, in the order in which they apply. For example
 * `10: host-header shop.example.com -> forward shop-application` and `default -> forward node 10, shop-application 90`.
 * Conditions, their values and the target groups of an action have no order of their own: they are sorted.
 */
export async function listenerRules({ elb }: LocalAws, ListenerArn: string): Promise<string[]> {
  const { Rules = [] } = await elb.describeRules({ ListenerArn });
  const { TargetGroups = [] } = await elb.describeTargetGroups();
  const names = new Map(TargetGroups.map((group) => [group.TargetGroupArn, group.TargetGroupName]));

  return Rules.sort((a, b) => order(a) - order(b)).map(({ Priority, Conditions = [], Actions = [] }) => {
    const conditions = Conditions.map(describeCondition).sort().join(" and ");
    const actions = Actions.map((action) => describeAction(action, names)).join(", then ");
    return `${Priority}${conditions && `: ${conditions}`} -> ${actions}`;
  });
}

function order({ IsDefault, Priority }: Rule): number {
  return IsDefault ? Infinity : Number(Priority);
}

function describeCondition(condition: RuleCondition): string {
  const { Field, HttpHeaderConfig, QueryStringConfig } = condition;
  const config =
    HttpHeaderConfig ??
    condition.HostHeaderConfig ??
    condition.PathPatternConfig ??
    condition.HttpRequestMethodConfig ??
    condition.SourceIpConfig;
  const values =
    config?.Values ?? QueryStringConfig?.Values?.map(({ Key, Value }) => (Key ? `${Key}=${Value}` : Value));
  return [Field, HttpHeaderConfig?.HttpHeaderName, values?.sort().join("|")].filter(Boolean).join(" ");
}

function describeAction(action: Action, names: Map<string | undefined, string | undefined>): string {
  const { Type, ForwardConfig, RedirectConfig, FixedResponseConfig } = action;
  switch (Type) {
    case "forward": {
      const groups = ForwardConfig?.TargetGroups ?? [];
      const weight = ({ Weight }: TargetGroupTuple) => (groups.length > 1 ? ` ${Weight}` : "");
      const targets = groups.map((group) => `${names.get(group.TargetGroupArn)}${weight(group)}`);
      return `forward ${targets.sort().join(", ")}`;
    }
    case "redirect":
      return `redirect ${RedirectConfig?.StatusCode} ${RedirectConfig?.Path}`;
    case "fixed-response":
      return `fixed-response ${FixedResponseConfig?.StatusCode}`;
    default:
      return String(Type);
  }
}
