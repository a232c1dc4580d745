/** Fields of the variable `health_check`, for every kind of load balancer. */
import { hcl, Interpolation } from "../../synth/language/expression/expression";
import { matches, wholeNumber } from "../../synth/variables/rules";
import { Case, number, optional, Rule, string } from "../../synth/variables/schema";

/** @param description with the path that null stands for */
export function pathField(description: string) {
  return optional(
    string(
      description,
      matches(/^\/[!-~]*$/, "be a path that starts with /", {
        accepts: ["/health", "/"],
        refuses: ["health", "/a b", ""],
      }),
      {
        test: (path) => hcl`length(${path}) <= 1024`,
        requirement: "have at most 1024 characters",
        refuses: [`/${"0".repeat(1024)}`],
        accepts: [`/${"0".repeat(1023)}`],
      },
    ),
  );
}

export const portField = optional(
  string('Port, or "traffic-port" for the port that receives the traffic.', {
    test: (port) =>
      hcl`${port} == "traffic-port" ? true : can(regex("^[1-9][0-9]{0,4}$", ${port})) ? tonumber(${port}) <= 65535 : false`,
    requirement: 'be "traffic-port" or a port from 1 to 65535',
    refuses: ["http", "0", "65536"],
    accepts: ["traffic-port", "1", "65535"],
  }),
  "traffic-port",
);

/** The codes of a healthy response that AWS accepts. */
export interface Codes {
  /** The lowest and the highest code, as numbers or expressions. */
  readonly range: readonly [Interpolation, Interpolation];
  /** The range in words: "200 to 599". */
  readonly words: string;
  readonly accepts: readonly [Case, ...Case[]];
  readonly refuses: readonly Case[];
}

/**
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html
 * @param description with the codes that null stands for
 */
export function matcherField(description: string, { range: [lowest, highest], words, accepts, refuses }: Codes) {
  return optional(
    string(description, {
      test: (matcher) => hcl`alltrue([
        for codes in split(",", ${matcher}) :
        can(regex("^[0-9]{1,3}(-[0-9]{1,3})?$", codes)) && try(
          tonumber(split("-", codes)[0]) >= ${lowest} &&
          tonumber(split("-", codes)[0]) <= tonumber(reverse(split("-", codes))[0]) &&
          tonumber(reverse(split("-", codes))[0]) <= ${highest},
          false
        )
      ])`,
      requirement: `be codes and ascending ranges such as "200-299,302", from ${words}`,
      accepts,
      refuses: ["2xx", "200,", "", "200-299-302", ...refuses],
    }),
  );
}

/**
 * Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 * @param timeout the default, in seconds
 */
export function timingFields(timeout: number) {
  return {
    interval: optional(number("Seconds between health checks.", wholeNumber(5, 300, "seconds")), 30),
    timeout: optional(
      number("Seconds without a response after which a health check fails.", wholeNumber(2, 120, "seconds")),
      timeout,
    ),
    healthy_threshold: optional(
      number("Consecutive successes after which a target is healthy.", wholeNumber(2, 10)),
      3,
    ),
    unhealthy_threshold: optional(
      number("Consecutive failures after which a target is unhealthy.", wholeNumber(2, 10)),
      3,
    ),
  };
}

/** Other fields of the example in tests of `interval` and `timeout`. */
export const timingExamples = { interval: { timeout: 2 }, timeout: { interval: 300 } };

export const timingRule: Rule<{ readonly timeout: number; readonly interval: number }> = {
  test: ({ timeout, interval }) => hcl`${timeout} < ${interval}`,
  requirement: "have a timeout shorter than the interval",
  refuses: [{ timeout: 30, interval: 30 }],
  accepts: [{ timeout: 29, interval: 30 }],
};
