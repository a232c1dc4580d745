import { buffer } from "node:stream/consumers";
import { gzipSync } from "fflate";
import { pack } from "tar-stream";
import { Texts } from "../modules";

/**
 * A .tar.gz of the files with the same bytes on every machine. It contains no times and no owners. The compression is
 * in JavaScript, because the output of zlib depends on its version and on the processor.
 */
export async function archive(texts: Texts): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1)))
    tar.entry({ name, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, text);
  tar.finalize();
  return gzipSync(await buffer(tar), { level: 9, mtime: 0 });
}
