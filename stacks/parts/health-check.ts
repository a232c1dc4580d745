/** What the variable `health_check` is made of, whatever load balancer probes the node. */
import { hcl } from "../../synth/language/expression/expression";
import { matches, wholeNumber } from "../../synth/variables/rules";
import { number, optional, Rule, string } from "../../synth/variables/schema";

/** @param description with the path that null stands for */
export function pathField(description: string) {
  return optional(
    string(description, matches(/^\/[!-~]*$/, "be a path that starts with /"), {
      test: (path) => hcl`length(${path}) <= 1024`,
      requirement: "have at most 1024 characters",
    }),
  );
}

export const portField = optional(
  string('Port, or "traffic-port" for the one that takes requests.', {
    test: (port) =>
      hcl`${port} == "traffic-port" ? true : can(regex("^[1-9][0-9]{0,4}$", ${port})) ? tonumber(${port}) <= 65535 : false`,
    requirement: 'be "traffic-port" or a port from 1 to 65535',
  }),
  "traffic-port",
);

/**
 * Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
 * @param description with the codes that null stands for
 * @param code a pattern for one code
 */
export function matcherField(description: string, code: RegExp) {
  const range = `${code.source}(-${code.source})?`;
  return optional(
    string(description, matches(new RegExp(`^${range}(,${range})*$`), 'be codes and ranges such as "200-299,302"')),
  );
}

/**
 * Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 * @param timeout the default, in seconds
 */
export function timingFields(timeout: number) {
  return {
    interval: optional(number("Seconds between probes.", wholeNumber(5, 300, "seconds")), 30),
    timeout: optional(number("Seconds until a probe has failed.", wholeNumber(2, 120, "seconds")), timeout),
    healthy_threshold: optional(number("Successes in a row that make a target healthy.", wholeNumber(2, 10)), 3),
    unhealthy_threshold: optional(number("Failures in a row that make a target unhealthy.", wholeNumber(2, 10)), 3),
  };
}

export const timingRule: Rule<{ readonly timeout: number; readonly interval: number }> = {
  test: ({ timeout, interval }) => hcl`${timeout} < ${interval}`,
  requirement: "have a timeout shorter than the interval",
  received: ({ timeout, interval }) => hcl`${{ timeout, interval }}`,
};
