import { matches } from "../../synth/variables/rules";

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

export const pem = matches(
  /^(-----BEGIN CERTIFICATE-----\s+[0-9A-Za-z+/=\s]+-----END CERTIFICATE-----\s*)+$/,
  "be one or more certificates in PEM",
  {
    accepts: [CERTIFICATE, `${CERTIFICATE}${CERTIFICATE}`],
    refuses: ["MIIB", CERTIFICATE.replaceAll("CERTIFICATE", "PRIVATE KEY"), `${CERTIFICATE}x`],
  },
);
