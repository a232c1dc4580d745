import { RequiredProvider } from "../../../synth/emit/module-stack";
import { permissions } from "./permissions";

/** The AWS provider versions that a module works with, unless a feature of it needs a narrower range. */
export const AWS_PROVIDER: RequiredProvider = {
  name: "aws",
  source: "hashicorp/aws",
  version: ">= 5.100.0, < 7.0.0",
  permissions,
};
