/** The commands that read accounts: a bundle of its own, with the AWS SDK and without CDKTF. */
export { run as audit } from "./audit/run";
export { run as onboard } from "./onboard/run";
export { run as snapshot } from "./snapshot/run";
export { run as survey } from "./survey/run";
export { application } from "./verify/application";
