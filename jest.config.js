// Terraform and its provider are Go programs that collect garbage for a third of their time: `terraform validate` of a module
// took 2.0 s of CPU instead of 3.0, and a tenth more memory.
process.env.GOGC ??= "400";

/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  globalSetup: "<rootDir>/__tests__/terraform/setup.ts",
  globalTeardown: "<rootDir>/__tests__/terraform/teardown.ts",
  setupFilesAfterEnv: ["<rootDir>/__tests__/terraform/stop-providers.ts"],
  transform: { "^.+\\.ts$": "@swc/jest" },
  testPathIgnorePatterns: ["/node_modules/", "/.localstack/", "/build/", "/cdktf.out/", "/lib/"],
  modulePathIgnorePatterns: ["<rootDir>/.localstack/", "<rootDir>/build/", "<rootDir>/cdktf.out/", "<rootDir>/lib/"],
  // More than the two cores of CI's machines: a suite that applies waits for half of its time, because the provider does.
  // A Terraform process with the AWS provider takes 0.8 GB.
  maxWorkers: 4,
  testTimeout: 120_000,
  testSequencer: "<rootDir>/jest.sequencer.js",
};
