import { isIP } from "node:net";
import { Address, urlOf } from "./address";
import { Check, Judgement } from "./check";
import { Outcome, words } from "./outcome";

/**
 * A direct connection to the application must be refused or time out. An accepted connection fails, whatever the answer:
 * the network admits anyone in the place where this command runs.
 * @param host for the Host header and for TLS @default - the host of the address
 */
export function directAccess(address: Address, host: string | undefined): Check {
  const name = address.host;
  return async (network) => {
    const ips = isIP(name) === 0 ? await network.resolve(name) : [name];
    const finding = (ip: string | undefined, judgement: Judgement) => ({
      test: "direct access" as const,
      target: ip === undefined || ip === name ? urlOf(address) : `${urlOf(address)} at ${ip}`,
      ...judgement,
    });
    if ("kind" in ips) return [finding(undefined, judge(ips))];
    return Promise.all(
      ips.map(async (ip) => finding(ip, judge(await network.send({ address, ip, host, verifyCertificate: false })))),
    );
  };
}

function judge(outcome: Outcome): Judgement {
  const reason = words(outcome);
  switch (outcome.kind) {
    case "refused":
    case "timeout":
      return { verdict: "pass", reason };
    case "unresolved":
    case "unreachable":
    case "not made":
      return { verdict: "unknown", reason };
    default:
      return { verdict: "fail", reason };
  }
}
