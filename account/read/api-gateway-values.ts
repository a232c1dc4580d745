/** Values that an owner wrote into an API, without what may be secret. */
import { REFERENCE, STATUS_CODE } from "../schema/api-gateway";
import { Digest } from "../schema/digest";

type Values = Readonly<Record<string, string>>;

export function digests(values: Values | undefined, digest: Digest): Values | undefined {
  return values && Object.fromEntries(Object.entries(values).map(([key, value]) => [key, digest(value)]));
}

/** References to the request stay, because they are the path of the data, and so do status codes. */
export function parameters(values: Values | undefined, digest: Digest): Values | undefined {
  const isShown = (key: string, value: string) =>
    REFERENCE.test(value) || (key === "overwrite:statuscode" && STATUS_CODE.test(value));
  return (
    values &&
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isShown(key, value) ? value : digest(value)]))
  );
}

/** Without a user and a password, and with a digest of the query. */
export function uri(value: string | undefined, digest: Digest): string | undefined {
  const [place = "", ...query] = (value ?? "").split("?");
  const withoutUser = place.replace(/^([a-z]+:\/\/)[^/]*@/, "$1");
  return value && (query.length === 0 ? withoutUser : `${withoutUser}?${digest(query.join("?"))}`);
}

/** Condition keys on the network and on the caller: what they say is needed to judge a path. Other values may be secrets. */
const SHOWN =
  /^aws:(SourceIp|VpcSourceIp|SourceVpc|SourceVpce|SourceAccount|SourceArn|PrincipalArn|PrincipalOrgID|SecureTransport)$/i;

/** @param policy in JSON, which a REST API answers with escaped quotes */
export function policy(text: string | undefined, digest: Digest): object | null {
  if (text === undefined || text === "") return null;
  const json = text.includes('\\"') ? (JSON.parse(`"${text}"`) as string) : text;
  const document = JSON.parse(json) as { Statement?: object | object[] };
  const { Statement } = document;
  const statements = Statement && (Array.isArray(Statement) ? (Statement as object[]) : [Statement]);
  return { ...document, Statement: statements?.map((statement) => conditionsDigested(statement, digest)) };
}

function conditionsDigested(statement: { Condition?: Readonly<Record<string, object>> }, digest: Digest): object {
  if (statement.Condition === undefined) return statement;
  const shown = (key: string, value: unknown): unknown =>
    SHOWN.test(key) ? value : Array.isArray(value) ? value.map((one) => shown(key, one)) : digest(String(value));
  const Condition = Object.fromEntries(
    Object.entries(statement.Condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, shown(key, value)])),
    ]),
  );
  return { ...statement, Condition };
}
