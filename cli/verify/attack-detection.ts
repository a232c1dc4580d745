import { Address, urlOf } from "./address";
import { Check, Judgement } from "./check";
import { hasStatus, isServerError, isUpgrade, Outcome, words } from "./outcome";

/** Modes of a node. Source: https://docs.wallarm.com/admin-en/configure-wallarm-mode/ */
export const MODES = ["block", "safe_blocking", "monitoring", "off"] as const;

export type Mode = (typeof MODES)[number];

/** Wallarm's clouds, and where in the Console of each the attacks are. */
export const CONSOLES = { EU: "https://my.wallarm.com/attacks", US: "https://us1.my.wallarm.com/attacks" };

/** What the test attack asks for, below the path of the entry point. */
const ATTACK = "etc/passwd";

/**
 * A node that blocks must answer 403 to a test attack, and something else to a harmless request.
 * @param address the entry point
 * @param host for the header Host and for TLS @default - that of the entry point
 */
export function attackDetection(address: Address, host: string | undefined, mode: Mode): Check {
  const below = (path: string) => ({ ...address, path: `${address.path.replace(/\/$/, "")}/${path}` });
  const attack = below(ATTACK);
  return async (network) => {
    const ask = (to: Address) => network.send({ address: to, host, verifyCertificate: true });
    const [harmless, attacked] = await Promise.all([ask(below("")), ask(attack)]);
    return [
      {
        test: "attack detection",
        target: host === undefined ? urlOf(attack) : `${urlOf(attack)} for ${host}`,
        ...judge(attacked, harmless, attack, mode),
      },
    ];
  };
}

function judge(attacked: Outcome, harmless: Outcome, attack: Address, mode: Mode): Judgement {
  const reason = words(attacked);
  const compared = `${reason}; a harmless request: ${words(harmless)}`;
  const works = harmless.kind === "answer" && !isServerError(harmless);
  if (attacked.kind !== "answer") return { verdict: "unknown", reason: compared };
  if (attacked.status === 403) return judgeRefusal(compared, harmless, works, mode);
  if (isUpgrade(attacked, attack))
    return { verdict: "unknown", reason: `${reason}, which is not followed: give the https address` };
  if (isServerError(attacked) && !works)
    return { verdict: "unknown", reason: `${compared}: nothing comes through here` };
  switch (mode) {
    case "block":
      return { verdict: "fail", reason: `${compared}: the attack was not blocked, as a node in the mode block does` };
    case "off":
      return { verdict: "unknown", reason: `${reason}: passed through; a node in the mode off looks at nothing` };
    default:
      return {
        verdict: "unknown",
        reason: `${reason}: passed through, as it does in the mode ${mode}; whether the node saw it is in Wallarm Console alone`,
      };
  }
}

/** @param works whether the harmless request shows that requests come through */
function judgeRefusal(compared: string, harmless: Outcome, works: boolean, mode: Mode): Judgement {
  if (hasStatus(harmless, 403))
    return { verdict: "unknown", reason: `${compared} too: it is not the attack that is refused` };
  if (!works) return { verdict: "unknown", reason: `${compared}, so there is nothing to compare with` };
  if (mode === "block") return { verdict: "pass", reason: compared };
  return {
    verdict: "unknown",
    reason: `${compared}; a node in the mode ${mode} lets a test attack pass, so something else refused it, or the mode is another`,
  };
}
