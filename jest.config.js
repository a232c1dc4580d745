/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": "@swc/jest" },
  testPathIgnorePatterns: ["/node_modules/", "/.localstack/", "/build/", "/cdktf.out/", "/lib/"],
  modulePathIgnorePatterns: ["<rootDir>/.localstack/", "<rootDir>/build/", "<rootDir>/cdktf.out/", "<rootDir>/lib/"],
  // Two Terraform processes with the AWS provider take 1.6 GB, and the machines of CI have two cores.
  maxWorkers: 2,
  testTimeout: 120_000,
};
