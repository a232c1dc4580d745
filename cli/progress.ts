import { WriteStream } from "node:tty";

/** How many of all are done. When all are, the line goes. */
export type Progress = (done: number, all: number) => void;

/** Updates one line of a terminal and removes it at the end. Prints nothing if the stream is not a terminal. */
export function progressOn(stream: Pick<WriteStream, "isTTY" | "write">, what: string): Progress {
  if (!stream.isTTY) return () => undefined;
  return (done, all) => {
    stream.write(`\r\u001B[K${done === all ? "" : `${done} of ${all} ${what}`}`);
  };
}
