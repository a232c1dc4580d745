/** The environment variable that tells the workers of a test run the folder of the provider that they share. */
export const PREPARED_PROVIDER = "TESTS_PREPARED_PROVIDER";
