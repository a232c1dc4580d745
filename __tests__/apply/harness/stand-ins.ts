/**
 * Answers for what moto 5.2.1 does not know: saved queries of CloudWatch Logs, rules of AWS Config with a policy, whether a
 * trail logs, and two questions about state machines. They keep what they are told, and tell it again.
 */
export type StandIn = (input: Readonly<Record<string, unknown>>) => object | undefined;

/** By action, as `logs:PutQueryDefinition`. One that answers nothing leaves the call to moto. */
export type StandIns = Readonly<Record<string, StandIn>>;

export class SavedQueries {
  readonly saved = new Map<string, Readonly<Record<string, unknown>>>();

  readonly standIns: StandIns = {
    "logs:PutQueryDefinition": (input) => {
      const queryDefinitionId = String(input.queryDefinitionId ?? `query-${this.saved.size}`);
      this.saved.set(queryDefinitionId, { ...input, queryDefinitionId });
      return { queryDefinitionId };
    },
    "logs:DescribeQueryDefinitions": () => ({ queryDefinitions: [...this.saved.values()] }),
    "logs:DeleteQueryDefinition": ({ queryDefinitionId }) => ({
      success: this.saved.delete(String(queryDefinitionId)),
    }),
  };
}

/** Whether trails log, by ARN. */
export class Trails {
  readonly logging = new Set<string>();

  readonly standIns: StandIns = {
    "cloudtrail:StartLogging": ({ Name }) => {
      this.logging.add(String(Name));
      return {};
    },
    "cloudtrail:StopLogging": ({ Name }) => {
      this.logging.delete(String(Name));
      return {};
    },
    "cloudtrail:GetTrailStatus": ({ Name }) => ({ IsLogging: this.logging.has(String(Name)) }),
  };
}

/** State machines without a fault, and without versions. */
export const stateMachines: StandIns = {
  "states:ListStateMachineVersions": () => ({ stateMachineVersions: [] }),
  "states:ValidateStateMachineDefinition": () => ({ result: "OK", diagnostics: [], truncated: false }),
};

interface ConfigRule {
  readonly ConfigRuleName: string;
  readonly Source: { readonly Owner: string; readonly CustomPolicyDetails?: { readonly PolicyText: string } };
}

export class PolicyRules {
  readonly rules = new Map<string, ConfigRule>();
  private readonly tags = new Map<string, unknown>();

  readonly standIns: StandIns = {
    "config:PutConfigRule": (input) => {
      const rule = input.ConfigRule as ConfigRule;
      if (rule.Source.Owner !== "CUSTOM_POLICY") return undefined;
      this.rules.set(rule.ConfigRuleName, rule);
      this.tags.set(arnOf(rule), input.Tags ?? []);
      return {};
    },
    "config:DescribeConfigRules": ({ ConfigRuleNames }) => {
      const rule = this.rules.get(String(ConfigRuleNames));
      return rule && { ConfigRules: [this.described(rule)] };
    },
    "config:GetCustomRulePolicy": ({ ConfigRuleName }) => ({
      PolicyText: this.rules.get(String(ConfigRuleName))?.Source.CustomPolicyDetails?.PolicyText,
    }),
    "config:ListTagsForResource": ({ ResourceArn }) =>
      this.tags.has(String(ResourceArn)) ? { Tags: this.tags.get(String(ResourceArn)) } : undefined,
    "config:DeleteConfigRule": ({ ConfigRuleName }) => (this.rules.delete(String(ConfigRuleName)) ? {} : undefined),
  };

  /** AWS tells the text by a call of its own. */
  private described(rule: ConfigRule): object {
    const details = { ...rule.Source.CustomPolicyDetails, PolicyText: undefined };
    return {
      ...rule,
      Source: { ...rule.Source, CustomPolicyDetails: details },
      ConfigRuleArn: arnOf(rule),
      ConfigRuleId: `config-rule-${rule.ConfigRuleName}`,
      ConfigRuleState: "ACTIVE",
    };
  }
}

function arnOf({ ConfigRuleName }: ConfigRule): string {
  return `arn:aws:config:us-east-1:123456789012:config-rule/${ConfigRuleName}`;
}
