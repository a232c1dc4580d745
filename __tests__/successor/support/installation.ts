/** The folder in which CDK Terrain is installed, for as long as the suites run. */
export function successorFolder(): string {
  const folder = process.env.SUCCESSOR_FOLDER;
  if (folder === undefined)
    throw new Error("CDK Terrain is not installed: run these suites by npm run test:successor.");
  return folder;
}
