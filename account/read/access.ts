/** Who reads: the credentials of the SDK's own chain, or of a role. */
import { AssumeRoleCommand, Credentials, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { described } from "./reader";

export interface Access {
  readonly profile?: string | undefined;
  /** A role to assume before anything is read. */
  readonly roleArn?: string | undefined;
}

/** The account cannot be read at all. */
export class AccessError extends Error {}

/** How often a call is sent, unless AWS_MAX_ATTEMPTS says otherwise. After a throttled call, the SDK sends fewer calls. */
const ATTEMPTS = 8;

/** The part of the credentials that the SDK needs. */
interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/**
 * What every client of the SDK is told. Endpoints come from the SDK's own variables, such as AWS_ENDPOINT_URL.
 * @param member a role that is assumed with these credentials
 */
export function settings(region: string, { profile, roleArn }: Access, member?: string): ClientSettings {
  const base: ClientSettings = {
    region,
    profile,
    maxAttempts: Number(process.env.AWS_MAX_ATTEMPTS ?? ATTEMPTS),
    retryMode: process.env.AWS_RETRY_MODE ?? "adaptive",
    // A connection without an answer ends after a while.
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  };
  const roles = [roleArn, member].filter((role) => role !== undefined);
  return roles.reduce(assuming, base);
}

/** A role is assumed with the credentials of the settings before it. */
function assuming(before: ClientSettings, roleArn: string): ClientSettings {
  return { ...before, credentials: assumedRole(new STSClient(before), roleArn) };
}

export interface ClientSettings {
  readonly region: string;
  readonly profile: string | undefined;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly requestHandler: Readonly<Record<"connectionTimeout" | "requestTimeout", number>> & {
    readonly throwOnRequestTimeout: boolean;
  };
  readonly credentials?: () => Promise<Keys>;
}

/** The Region of the environment or of the profile. */
export async function regionOf({ profile }: Access): Promise<string> {
  try {
    return await new STSClient({ profile }).config.region();
  } catch {
    throw new AccessError('There is no Region. Set --region, such as "eu-central-1", or AWS_REGION.');
  }
}

/**
 * The account of the credentials.
 * @throws AccessError if there are no credentials, or AWS refuses them
 */
export async function accountOf(clientSettings: ClientSettings): Promise<string> {
  try {
    const { Account } = await new STSClient(clientSettings).send(new GetCallerIdentityCommand({}));
    if (Account !== undefined) return Account;
  } catch (error) {
    const reason = isAboutCredentials(error) ? error.message : described(error);
    throw new AccessError(
      `No account can be read with these credentials: ${reason} Set --profile or --role-arn, or log in ("aws sso login").`,
    );
  }
  throw new AccessError("AWS does not say which account these credentials are for.");
}

/** One role for all clients. Assumed again five minutes before its credentials end. */
function assumedRole(sts: STSClient, RoleArn: string): () => Promise<Keys> {
  let current: Promise<Keys> | undefined;
  const assume = async (): Promise<Keys> => {
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "terraform-aws-wallarm-routing" });
    const { Credentials: credentials } = await sts.send(command);
    return keys(credentials);
  };
  return async () => {
    const before = current;
    const expiration = (await before?.catch(() => undefined))?.expiration.getTime() ?? 0;
    // Unless another call has just assumed it again.
    if (current === undefined || (current === before && expiration < Date.now() + 300_000)) current = assume();
    return current;
  };
}

function keys(
  { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration }: Credentials = {} as Credentials,
): Keys {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration ?? new Date(),
  };
}

/** The SDK's own errors before a request: no profile of that name, no credentials, an SSO session that has ended. */
function isAboutCredentials(error: unknown): error is Error {
  return error instanceof Error && /^(CredentialsProviderError|TokenProviderError)$/.test(error.name);
}
