import { WriteStream } from "node:tty";
import { Progress } from "./verify";

/** Updates one line of a terminal and removes it at the end. Prints nothing if the stream is not a terminal. */
export function progressOn(stream: Pick<WriteStream, "isTTY" | "write">): Progress {
  if (!stream.isTTY) return () => undefined;
  return (done, all) => {
    stream.write(`\r\u001B[K${done === all ? "" : `${done} of ${all} tests done`}`);
  };
}
