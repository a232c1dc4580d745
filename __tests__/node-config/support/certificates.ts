import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * A certificate that vouches for itself, as API Gateway's backend certificates do.
 * @param alternative what it is for, if that is no host name
 */
export function certificate(name: string, alternative = `DNS:${name}`): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  try {
    const key = join(folder, "key.pem");
    const cert = join(folder, "cert.pem");
    const names = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=${alternative}`];
    const type = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    execFileSync("openssl", ["req", "-x509", ...type, "-keyout", key, "-out", cert, ...names], { stdio: "pipe" });
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
