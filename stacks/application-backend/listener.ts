import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { distinctValues, matches, oneOf } from "../../synth/variables/rules";
import { example, map, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { listenerArn } from "../parts/identifiers";
import { CONDITION_BEHIND_NODE, NO_CONDITION } from "../parts/listener-rule/condition-blocks";
import { Routes } from "./route-schema";

const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef";

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Certificate.html */
const certificateArn = matches(
  /^arn:[^:]+:(acm:[^:]+:[0-9]{12}:certificate|iam::[0-9]{12}:server-certificate)\/.+$/,
  "be the ARN of a certificate of ACM or IAM (arn:aws:acm:REGION:ACCOUNT:certificate/ID)",
  {
    accepts: [CERTIFICATE, "arn:aws:iam::123456789012:server-certificate/shop"],
    refuses: ["shop.example.com", "arn:aws:acm-pca:eu-central-1:123456789012:certificate-authority/0123"],
  },
);

export const listenerSchema = example(
  object(
    "The listener. Give it the protocol, port, and certificates of the listener in front of the node: the load balancer reports its own protocol and port to the application, in X-Forwarded-Proto and X-Forwarded-Port.",
    {
      protocol: optional(string("Protocol.", oneOf("HTTPS", "HTTP")), "HTTPS"),
      port: optional(number("Port.", portNumber), 443),
      certificate_arn: optional(string("With HTTPS, ARN of the default certificate.", certificateArn)),
      additional_certificate_arns: optional(
        map(
          "With HTTPS, ARNs of certificates for other names (SNI), by names that you choose.",
          "certificate_arn",
          string("ARN.", certificateArn),
          distinctValues("certificate", { a: CERTIFICATE, b: CERTIFICATE }),
        ),
        {},
      ),
      ssl_policy: optional(string("With HTTPS, the security policy."), "ELBSecurityPolicy-TLS13-1-2-2021-06"),
      existing: optional(
        object(
          "The listener in front of the node. A check warns if its protocol, port, or default certificate is another one. Null: not checked.",
          { arn: string("ARN.", listenerArn("app")) },
        ),
      ),
    },
    {
      test: ({ protocol, certificate_arn, additional_certificate_arns }) =>
        hcl`${protocol} == "HTTPS" ? ${certificate_arn} != null : ${protocol} != "HTTP" || (${certificate_arn} == null && length(${additional_certificate_arns}) == 0)`,
      requirement: "have a certificate_arn with HTTPS, and no certificates with HTTP",
      refuses: [
        { certificate_arn: null },
        { protocol: "HTTP", port: 80 },
        { protocol: "HTTP", certificate_arn: null, additional_certificate_arns: { shop: CERTIFICATE } },
      ],
      accepts: [{ protocol: "HTTP", port: 80, certificate_arn: null }],
    },
  ),
  { certificate_arn: CERTIFICATE },
);

export type Listener = ReferenceTo<typeof listenerSchema>;

export interface BackendListenerProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly loadBalancerArn: string;
  readonly listener: Listener;
  readonly routes: Routes;
  /** The resource of the target groups. */
  readonly targetGroups: string;
  /** The targets. */
  readonly dependsOn: ITerraformDependable[];
}

/** Sends requests to the target group that would have got them at the load balancer in front of the node. */
export class BackendListener extends Construct {
  public readonly resource: LbListener;
  public readonly rule: LbListenerRule;

  public constructor(scope: Construct, id: string, props: BackendListenerProps) {
    super(scope, id);
    const { name, tags, listener, routes } = props;
    const https = hcl`${listener.protocol} == "HTTPS"`;

    this.resource = comment(
      new LbListener(this, "backend", {
        loadBalancerArn: props.loadBalancerArn,
        protocol: listener.protocol,
        port: listener.port,
        certificateArn: listener.certificate_arn,
        sslPolicy: hcl.string`${https} ? ${listener.ssl_policy} : null`,
        defaultAction: [
          {
            type: "fixed-response",
            fixedResponse: {
              contentType: "text/plain",
              statusCode: "421",
              messageBody: "No application has these requests.",
            },
          },
        ],
        tags: hcl.map(tags),
      }),
      "A request that matches no route gets 421, never the first application.",
    );
    new LbListenerCertificate(this, "additional", {
      forEach: forEach(listener.additional_certificate_arns),
      listenerArn: this.resource.arn,
      certificateArn: listener.additional_certificate_arns.each,
    });
    const noCondition = local(this, "no_condition", hcl`${NO_CONDITION}`);
    const conditions = local(
      this,
      "conditions",
      hcl`{
        for key, route in ${routes} :
        key => route.catch_all ? [merge(${noCondition}, { path_pattern = { values = ["/*"] } })] : route.conditions
      }`,
    );
    this.rule = new LbListenerRule(this, "application", {
      forEach: forEach(routes),
      dependsOn: props.dependsOn,
      listenerArn: this.resource.arn,
      priority: routes.each.priority,
      tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
      action: [],
      condition: [],
    });
    override(this.rule, {
      // Not target_group_arn, which the provider plans to add after an import.
      action: [
        {
          type: "forward",
          forward: [{ target_group: [{ arn: hcl`${props.targetGroups}[${routes.each.target_group}].arn` }] }],
        },
      ],
      condition: [dynamic(hcl`${conditions}[each.key]`, CONDITION_BEHIND_NODE)],
    });
    this.warnOfDifferences(listener);
  }

  private warnOfDifferences(listener: Listener): void {
    const existing = new DataAwsLbListener(this, "existing", {
      count: when(hcl`${listener.existing} != null`),
      arn: listener.existing.arn,
    });
    const differences = local(
      this,
      "listener_differences",
      hcl`flatten([
        for existing in ${existing.fqn} : [
          existing.protocol == ${listener.protocol} ? [] : ["protocol \${existing.protocol}"],
          existing.port == ${listener.port} ? [] : ["port \${existing.port}"],
          coalesce(existing.certificate_arn, "-") == coalesce(${listener.certificate_arn}, "-") ? [] : ["certificate \${existing.certificate_arn}"]
        ]
      ])`,
    );
    new Check(this, "listens_as_before", {
      condition: hcl`length(${differences}) == 0`,
      errorMessage:
        text`The listener in front of the node has the ${hcl`join(", ", ${differences})`}. Set listener to the same values: ` +
        "the application sees its protocol and port in X-Forwarded-Proto and -Port, and the node verifies its certificate.",
    });
  }
}
