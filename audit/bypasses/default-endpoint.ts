import { BypassClass } from "../class";

export const DEFAULT_ENDPOINT: BypassClass = {
  id: "default-endpoint",
  numbers: [47],
  title: "The API answers at its execute-api endpoint, too, without client certificates",
  guideRows: [54],
  severity: "medium",
  remedy: 'Set client_mtls.default_endpoint = "disabled".',
  matches: ({ via }) => via.kind === "entry" && via.gap === "default endpoint",
};
