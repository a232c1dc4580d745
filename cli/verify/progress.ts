import { WriteStream } from "node:tty";
import { Progress } from "./verify";

/** Keeps one line of a terminal up to date, and takes it away in the end. Anything but a terminal gets nothing. */
export function progressOn(stream: Pick<WriteStream, "isTTY" | "write">): Progress {
  if (!stream.isTTY) return () => undefined;
  return (done, all) => {
    stream.write(`\r\u001B[K${done === all ? "" : `${done} of ${all} tests done`}`);
  };
}
