import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { ListenerRoutes } from "./listener-routes";
import { Routes } from "./route-schema";
import { CONDITION } from "./rule-conditions";
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
    const openDefaultActions = local(
      this,
      "open_default_actions",
      hcl`distinct([
        for key, route in ${routes} : route.listener_arn
        if contains(${listener.existing.fqn}[key].default_action[*].type, "forward") && !anytrue([
          for other in ${routes} : other.catch_all && other.listener_arn == route.listener_arn
        ])
      ])`,
      "Listeners whose default action forwards requests, and that have no catch_all route.",
    );
    new Check(this, "no_default_action_forwards_without_the_secret_header", {
      condition: hcl`${secretHeader} == null || length(${openDefaultActions}) == 0`,
      errorMessage:
        text`The default actions of ${hcl`join(", ", ${openDefaultActions})`} forward requests without the secret header, ` +
        "so they bypass the node. Add a route with catch_all = true and a closing_priority for each of these listeners.",
    });
  }
}
