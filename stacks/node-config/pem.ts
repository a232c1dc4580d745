import { matches } from "../../synth/variables/rules";

export const pem = matches(
  /^(-----BEGIN CERTIFICATE-----\s+[0-9A-Za-z+/=\s]+-----END CERTIFICATE-----\s*)+$/,
  "be one or more certificates in PEM",
);
