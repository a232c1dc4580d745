import { isIPv4, isIPv6 } from "node:net";

/** The target of a connection. */
export interface Address {
  readonly protocol: "http" | "https";
  /** A name, or an IPv4 or IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Begins with "/". */
  readonly path: string;
}

const PORTS = { http: 80, https: 443 };
/** Ports that use TLS unless the address has a scheme. */
const TLS_PORTS = [443, 8443];

const FORM =
  /^(?:(?<protocol>https?):\/\/)?(?:\[(?<ipv6>[0-9a-f:.]+)\]|(?<name>[\p{L}\p{N}._-]{1,253}))(?::(?<port>[0-9]{1,5}))?(?<path>\/[^?#\s\\]*)?$/iu;

/**
 * Reads an address such as "10.0.1.10", "[2001:db8::1]:8080", "app.internal:8443" or "https://app.internal/shop".
 * @param ports for an address without a port and a scheme
 * @returns one address for each port, or the rest of an error message that starts with "… must"
 */
export function parseAddress(text: string, ports: readonly number[]): readonly Address[] | string {
  const { protocol, ipv6, name, port, path } = FORM.exec(isIPv6(text) ? `[${text}]` : text)?.groups ?? {};
  const written = ipv6 === undefined ? name : `[${ipv6}]`;
  // Only URLs have a path, so "10.0.1.10/24" is not an address.
  if (written === undefined || (path !== undefined && protocol === undefined))
    return 'be an address such as "10.0.1.10", "[2001:db8::1]:8080", or "https://app.internal:8443", without user name and query';
  const url = tryUrl(`http://${written}${path ?? ""}`);
  if (url === undefined) return "have a valid host";
  // Programs read 010.0.0.1, 0x0a.1, and 10.1 in different ways.
  if (isIPv4(url.hostname) && url.hostname !== written)
    return `have its IPv4 address in dotted decimal form; this one means ${url.hostname}`;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return "have a port from 1 to 65535";

  const common = { host: url.hostname.replace(/^\[|\]$/g, ""), path: url.pathname };
  const scheme = protocol?.toLowerCase();
  if (scheme === "http" || scheme === "https")
    return [{ ...common, protocol: scheme, port: port === undefined ? PORTS[scheme] : Number(port) }];
  return (port === undefined ? ports : [Number(port)]).map((each) => ({
    ...common,
    protocol: TLS_PORTS.includes(each) ? "https" : "http",
    port: each,
  }));
}

/** The URL of an address, always with the port. */
export function urlOf({ protocol, host, port, path }: Address): string {
  return `${protocol}://${isIPv6(host) ? `[${host}]` : host}:${port}${path}`;
}

function tryUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
