import { environment } from "../../apply/harness/environment";

/** The AWS SDK in this process reads the account at this endpoint, and sends each call once. @returns what undoes it */
export function useAccount(endpoint: string, more: NodeJS.ProcessEnv = {}): () => void {
  const before = { ...process.env };
  // The SDK would wait longer and longer after a throttled call.
  replaceEnvironment({ ...environment(endpoint), AWS_MAX_ATTEMPTS: "1", AWS_RETRY_MODE: "standard", ...more });
  return () => {
    replaceEnvironment(before);
  };
}

function replaceEnvironment(wanted: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, wanted);
}

/** Each test of the suite reads the account there. @returns what the commands of the test print */
export function commandsRead(endpoint: () => string): () => string[] {
  let lines: string[];
  let restore: () => void;

  beforeEach(() => {
    lines = printed();
    restore = useAccount(endpoint());
  });

  afterEach(() => {
    restore();
  });

  return () => lines;
}

/** What a command prints, without showing it. */
export function printed(): string[] {
  const lines: string[] = [];
  for (const stream of ["log", "error"] as const)
    jest.spyOn(console, stream).mockImplementation((...texts: unknown[]) => void lines.push(texts.join(" ")));
  return lines;
}
