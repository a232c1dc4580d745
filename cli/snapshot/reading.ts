import { Service, SERVICES, Wanted } from "../../account/read/read";
import { digestWith } from "../../account/schema/digest";
import { callsProgress } from "./progress";
import { saltOf } from "./salt";

/** How a command reads accounts, whatever it reads of them. */
export function reading(saltFile?: string): Pick<Wanted, "digest" | "progress"> {
  return { digest: digestWith(saltOf(saltFile)), progress: callsProgress() };
}

/** CloudFront is global: the first document of an account has it. */
export function servicesOf(index: number): readonly Service[] {
  return index === 0 ? SERVICES : SERVICES.filter((service) => service !== "cloudfront");
}
