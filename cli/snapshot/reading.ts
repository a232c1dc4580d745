import { Wanted } from "../../account/read/read";
import { digestWith } from "../../account/schema/digest";
import { callsProgress } from "./progress";
import { saltOf } from "./salt";

/** How a command reads accounts, whatever it reads of them. */
export function reading(saltFile?: string): Pick<Wanted, "digest" | "progress"> {
  return { digest: digestWith(saltOf(saltFile)), progress: callsProgress() };
}
