import { Progress } from "../../account/read/reader";
import { progressOn } from "../progress";

/** How many calls have been answered, of those that have been sent. */
export function callsProgress(): Progress {
  const show = progressOn(process.stderr, "calls answered");
  let started = 0;
  let ended = 0;
  return (change) => {
    if (change === "started") started++;
    else ended++;
    show(ended, started);
  };
}
