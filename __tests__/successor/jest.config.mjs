import shared from "../../jest.config.js";

/**
 * The suites that need what is installed for them alone: CDK Terrain, and with it the bindings of the newest AWS provider.
 * @type {import("jest").Config}
 */
export default {
  ...shared,
  rootDir: "../..",
  testMatch: ["<rootDir>/__tests__/{successor,newest-provider}/*.ts"],
  globalSetup: "<rootDir>/__tests__/successor/support/install.ts",
  globalTeardown: "<rootDir>/__tests__/successor/support/remove.ts",
  // Tests of a suite that wait for Terraform run side by side, as two cores bear.
  maxConcurrency: 2,
};
