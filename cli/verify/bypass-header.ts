import { randomBytes } from "node:crypto";
import { Address, urlOf } from "./address";
import { Check, Judgement } from "./check";
import { hasStatus, isServerError, isUpgrade, Outcome, words } from "./outcome";

export interface SecretHeader {
  readonly name: string;
  readonly value: string;
}

/**
 * The node must answer 403 to requests without the secret, and must not to requests with it.
 * @param host for the Host header and for TLS @default - the host of the address
 */
export function bypassHeader(address: Address, host: string | undefined, { name, value }: SecretHeader): Check {
  const wrong = randomBytes(20).toString("hex");
  const other = randomBytes(20).toString("hex");
  const refused = [
    { how: `without ${name}`, values: [] },
    { how: `with an empty ${name}`, values: [""] },
    { how: `with a wrong ${name}`, values: [wrong] },
    { how: `with two wrong ${name}`, values: [wrong, other] },
    { how: `with two ${name}, the second right`, values: [wrong, value] },
  ];
  return async (network) => {
    const ask = (values: readonly string[]) =>
      network.send({
        address,
        host,
        headers: values.map((each): [string, string] => [name, each]),
        // Only the node may get the secret.
        verifyCertificate: true,
      });
    const [accepted, rightFirst, ...others] = await Promise.all(
      [[value], [value, wrong], ...refused.map(({ values }) => values)].map(ask),
    );
    if (accepted === undefined || rightFirst === undefined) throw new Error("Not asked.");
    const finding = (how: string, judgement: Judgement) => ({
      test: "bypass header" as const,
      target: `${urlOf(address)} ${how}`,
      ...judgement,
    });
    return [
      ...others.map((outcome, index) => finding(refused[index]?.how ?? "", judgeRefused(outcome, accepted, address))),
      finding(`with two ${name}, the first right`, judgeRightFirst(rightFirst, accepted, address)),
      finding(`with the right ${name}`, judgeAccepted(accepted, others[0], address)),
    ];
  };
}

function judgeRefused(outcome: Outcome, accepted: Outcome, address: Address): Judgement {
  const reason = words(outcome);
  if (outcome.kind !== "answer") return { verdict: "unknown", reason };
  if (outcome.status === 403) {
    if (hasStatus(accepted, 403))
      return {
        verdict: "unknown",
        reason: `${reason}, but also with the right header, so something else refuses the request`,
      };
    if (accepted.kind !== "answer")
      return {
        verdict: "unknown",
        reason: `${reason}, but there is no answer with the right header to compare with: ${words(accepted)}`,
      };
    return { verdict: "pass", reason };
  }
  return tellsNothing(outcome, address) ?? { verdict: "fail", reason: `${reason} instead of 403` };
}

/**
 * nginx before 1.23 has only the first of two equal headers in its variable; newer versions join them. So some nodes
 * accept this, and their configuration cannot check the second header. It opens no path, because the sender knows the
 * secret.
 * Source: https://nginx.org/en/CHANGES, 1.23.0
 */
function judgeRightFirst(outcome: Outcome, accepted: Outcome, address: Address): Judgement {
  const judgement = judgeRefused(outcome, accepted, address);
  if (judgement.verdict !== "fail" || outcome.kind !== "answer" || !hasStatus(accepted, outcome.status))
    return judgement;
  return {
    verdict: "pass",
    reason: `${words(outcome)}, as with only the right header; this node sees only the first of two, which opens no path, because the sender knows the secret`,
  };
}

function judgeAccepted(accepted: Outcome, without: Outcome | undefined, address: Address): Judgement {
  const reason = words(accepted);
  if (accepted.kind !== "answer") return { verdict: "unknown", reason };
  if (accepted.status === 403)
    return {
      verdict: "fail",
      reason: `${reason}; this is not the secret of the node, or the node refuses the request for another reason`,
    };
  // If the node refuses the others with 403, this error comes from the application.
  if (without !== undefined && hasStatus(without, 403)) return { verdict: "pass", reason };
  return tellsNothing(accepted, address) ?? { verdict: "pass", reason };
}

/** An answer that may have come before the header was checked. */
function tellsNothing(outcome: Outcome, address: Address): Judgement | undefined {
  const reason = words(outcome);
  if (isServerError(outcome))
    return { verdict: "unknown", reason: `${reason}, which does not show whether the node accepted the header` };
  if (isUpgrade(outcome, address))
    return { verdict: "unknown", reason: `${reason}, which is not followed: give the https address` };
  return undefined;
}
