import { Address, urlOf } from "./address";
import { Check, Judgement } from "./check";
import { hasStatus, isServerError, isUpgrade, Outcome, words } from "./outcome";

/** Filtration modes of a node. Source: https://docs.wallarm.com/admin-en/configure-wallarm-mode/ */
export const MODES = ["block", "safe_blocking", "monitoring", "off"] as const;

export type Mode = (typeof MODES)[number];

/** The list of attacks in Wallarm Console, by cloud. */
export const CONSOLES = { EU: "https://my.wallarm.com/attacks", US: "https://us1.my.wallarm.com/attacks" };

/**
 * A server answers this to every request without credentials: 400 is nginx's answer without a client certificate.
 * Source: https://nginx.org/en/docs/http/ngx_http_ssl_module.html#errors
 */
const NO_CREDENTIALS = [400, 401];

/** The path of the test attack, below the path of the entry point. */
const ATTACK = "etc/passwd";

/**
 * A node in the mode block must answer 403 to a test attack, but not to a harmless request.
 * @param address the entry point
 * @param host for the Host header and for TLS @default - the host of the entry point
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
  if (NO_CREDENTIALS.includes(attacked.status) && hasStatus(harmless, attacked.status))
    return {
      verdict: "unknown",
      reason: `${compared}, as without credentials, so it is not known whether the requests reached the node`,
    };
  if (attacked.status === 403) return judgeRefusal(compared, harmless, works, mode);
  if (isUpgrade(attacked, attack))
    return { verdict: "unknown", reason: `${reason}, which verify does not follow; use the https address` };
  if (isServerError(attacked) && !works)
    return { verdict: "unknown", reason: `${compared}, so no requests get through` };
  switch (mode) {
    case "block":
      return {
        verdict: "fail",
        reason: `${compared}, so the node did not block the attack, although its mode is block`,
      };
    case "off":
      return { verdict: "unknown", reason: `${reason}; a node in the mode off does not inspect requests` };
    default:
      return {
        verdict: "unknown",
        reason: `${reason}; in the mode ${mode}, the node does not block the attack, so look for it in Wallarm Console`,
      };
  }
}

/** @param works whether the harmless request shows that requests get through */
function judgeRefusal(compared: string, harmless: Outcome, works: boolean, mode: Mode): Judgement {
  if (hasStatus(harmless, 403))
    return { verdict: "unknown", reason: `${compared} too, so the 403 does not show that attacks are blocked` };
  if (!works) return { verdict: "unknown", reason: `${compared}, so there is nothing to compare with` };
  if (mode === "block") return { verdict: "pass", reason: compared };
  return {
    verdict: "unknown",
    reason: `${compared}; a node in the mode ${mode} does not block the attack, so something else refused it, or the node is in another mode`,
  };
}
