/**
 * `describe`, unless something is against it: then a line says that the suite is skipped and why, and `.ci/run` repeats it at
 * its end. Unlike `describe.skip`, it does not run the body of a skipped suite, which may prepare or start something.
 */
export function describeUnless(reason: string | undefined, name: string, suite: () => void): void {
  if (reason === undefined) {
    describe(name, suite);
    return;
  }
  // Not console.warn: jest adds a stack trace of several lines to it.
  process.stderr.write(`Skipped: "${name}"${reason}\n`);
  test.skip(name, () => undefined);
}
