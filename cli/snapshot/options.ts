/** The options as the command line has them. */
export interface Options {
  readonly out?: string;
  readonly region?: readonly string[];
  readonly profile?: string;
  readonly roleArn?: string;
  readonly accounts?: string;
  readonly roleName?: string;
  readonly concurrency?: string;
  readonly loadBalancer?: string;
  readonly saltFile?: string;
  readonly policy?: true;
}

/** What is to be read, and where it goes. */
export interface Plan {
  readonly out: string;
  /** Null: the Region of the environment or of the profile. */
  readonly regions: readonly string[] | null;
  /** Null: the account of the credentials. */
  readonly accounts: Accounts | null;
  readonly focus: string | null;
}

export interface Accounts {
  /** "organization", or account IDs. */
  readonly ids: "organization" | readonly string[];
  readonly roleName: string;
  readonly concurrency: number;
}

/** @throws Error that says which option is wrong, what was received, and what it must be */
export function planOf({ out, region, accounts, roleName, concurrency, loadBalancer, roleArn }: Options): Plan {
  if (out === undefined) throw new Error("Set --out to the file, or to the folder, for the snapshot.");
  refuseRegions(region);
  if (roleArn !== undefined && !/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(roleArn))
    throw new Error(`--role-arn must be the ARN of a role (arn:aws:iam::ACCOUNT:role/NAME). Received: "${roleArn}".`);
  if (loadBalancer !== undefined && !LOAD_BALANCER_ARN.test(loadBalancer))
    throw new Error(
      `--load-balancer must be the ARN of an Application or Network Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID). Received: "${loadBalancer}".`,
    );
  return {
    out,
    regions: region ?? null,
    accounts: accountsOf(accounts, roleName, concurrency),
    focus: loadBalancer ?? null,
  };
}

/** @throws Error at the first value that is no Region */
export function refuseRegions(region: readonly string[] = []): void {
  for (const name of region)
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(name))
      throw new Error(`--region must be a Region such as "eu-central-1". Received: "${name}".`);
}

const LOAD_BALANCER_ARN = /^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/(app|net)\/.+$/;

function accountsOf(accounts: string | undefined, roleName: string | undefined, concurrency = "4"): Accounts | null {
  if (accounts === undefined && roleName === undefined) return null;
  if (accounts === undefined || roleName === undefined)
    throw new Error("--accounts and --role-name must be set together: the accounts, and the role to assume in each.");
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName))
    throw new Error(`--role-name must be the name of a role, without its ARN. Received: "${roleName}".`);
  if (!/^([1-9]|[1-4]\d|50)$/.test(concurrency))
    throw new Error(`--concurrency must be a whole number from 1 to 50. Received: "${concurrency}".`);
  const ids = accounts === "organization" ? accounts : accounts.split(",");
  const wrong = ids === "organization" ? undefined : ids.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined)
    throw new Error(`--accounts must be account IDs of 12 digits, or "organization". Received: "${wrong}".`);
  return { ids, roleName, concurrency: Number(concurrency) };
}
