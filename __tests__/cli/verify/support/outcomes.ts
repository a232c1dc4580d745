import type { Address } from "../../../../cli/verify/address";
import type { Check, Finding } from "../../../../cli/verify/check";
import type { Outcome } from "../../../../cli/verify/outcome";
import type { Request } from "../../../../cli/verify/send";

export const answer = (status: number, redirect?: string): Outcome => ({
  kind: "answer",
  status,
  ...(redirect !== undefined && { redirect }),
});

export const reset: Outcome = { kind: "reset", detail: "ECONNRESET" };

export const https: Address = { protocol: "https", host: "shop.example.com", port: 443, path: "/" };

/** What a check finds where requests end as we say. */
export function found(check: Check, outcome: (request: Request) => Outcome): Promise<readonly Finding[]> {
  return check({
    send: (request) => Promise.resolve(outcome(request)),
    resolve: () => Promise.reject(new Error("No name is to be resolved.")),
  });
}
