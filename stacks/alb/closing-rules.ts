import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { ListenerRoutes } from "./listener-routes";
import { Routes } from "./route-schema";
import { CONDITION } from "../parts/listener-rule/condition-blocks";
import { SecretHeader } from "./secret-header";

export interface ClosingRulesProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly routes: Routes;
  readonly secretHeader: SecretHeader;
  /** The rules of the routes. */
  readonly listener: ListenerRoutes;
}

/** Rules after the routes that refuse requests without the secret header, so that no rule of the application gets them. */
export class ClosingRules extends Construct {
  public readonly rule: LbListenerRule;

  public constructor(scope: Construct, id: string, { name, tags, routes, secretHeader, listener }: ClosingRulesProps) {
    super(scope, id);

    this.rule = comment(
      new LbListenerRule(this, "closing", {
        forEach: forEach(
          hcl`{ for key, route in ${routes} : key => route if ${secretHeader} != null && route.closing_priority != null }`,
        ),
        listenerArn: routes.each.listener_arn,
        priority: routes.each.closing_priority,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}-closing` }})`,
        action: [
          {
            type: "fixed-response",
            fixedResponse: { contentType: "text/plain", messageBody: "Forbidden", statusCode: "403" },
          },
        ],
        condition: [],
        // Without its route, it would refuse every request.
        dependsOn: [listener.rule],
      }),
      "Answers 403 to requests that match a route's conditions but lack the secret header. Created after the route: without the route, this rule would also refuse requests that have the header.",
    );
    override(this.rule, { condition: dynamic(hcl`${listener.conditions}[each.key]`, CONDITION) });

    new Check(this, "secret_header_is_enforced", {
      condition: hcl`${secretHeader} == null ? true : ${secretHeader.enforced}`,
      errorMessage:
        "secret_header.enforced is false, so requests without the header are still accepted. Set it to true when CloudFront sends the header.",
    });
  }
}
