import { isIPv4, SocketAddress } from "node:net";
import { array, assert, ipV4, ipV6, nat, oneof, property, string } from "fast-check";
import { type Address, parseAddress, urlOf } from "../../../cli/verify/address";

const urls = (text: string) => {
  const found = parseAddress(text, [80, 443]);
  return typeof found === "string" ? found : found.map(urlOf);
};

test.each([
  ["10.0.1.10", ["http://10.0.1.10:80/", "https://10.0.1.10:443/"]],
  ["10.0.1.10:8080", ["http://10.0.1.10:8080/"]],
  ["app.internal:8443", ["https://app.internal:8443/"]],
  ["2001:db8::1", ["http://[2001:db8::1]:80/", "https://[2001:db8::1]:443/"]],
  ["[2001:db8::1]:8080", ["http://[2001:db8::1]:8080/"]],
  ["::ffff:10.0.1.10", ["http://[::ffff:a00:10a]:80/", "https://[::ffff:a00:10a]:443/"]],
  ["http://app.internal", ["http://app.internal:80/"]],
  ["HTTPS://App.Internal", ["https://app.internal:443/"]],
  ["http://app.internal:443/shop/", ["http://app.internal:443/shop/"]],
  ["https://app.internal/ä", ["https://app.internal:443/%C3%A4"]],
  ["shop_1.internal", ["http://shop_1.internal:80/", "https://shop_1.internal:443/"]],
  ["bücher.example", ["http://xn--bcher-kva.example:80/", "https://xn--bcher-kva.example:443/"]],
])("%s is %p", (text, expected) => {
  expect(urls(text)).toEqual(expected);
});

test.each([
  ["", /^be an address/],
  ["10.0.0.0/8", /^be an address/],
  ["app.internal/shop", /^be an address/],
  ["ftp://app.internal", /^be an address/],
  ["http://", /^be an address/],
  ["http://user:password@app.internal", /^be an address/],
  ["http://app.internal/?a=b", /^be an address/],
  ["http://app.internal/a\r\nX: y", /^be an address/],
  ["http://[2001:db8::1", /^be an address/],
  ["http://[::1%eth0]", /^be an address/],
  ["$(reboot)", /^be an address/],
  ["[2001:db8:::1]", /^have a valid host$/],
  ["256.1.1.1", /^have a valid host$/],
  ["010.0.0.1", /this one means 8\.0\.0\.1$/],
  ["0x7f.1", /this one means 127\.0\.0\.1$/],
  ["2130706433", /this one means 127\.0\.0\.1$/],
  ["http://127.1", /this one means 127\.0\.0\.1$/],
  ["app.internal:0", /^have a port/],
  ["app.internal:65536", /^have a port/],
])("%s is none", (text, requirement) => {
  expect(urls(text)).toEqual(expect.stringMatching(requirement));
});

test("whatever form an IP address has, it stays the same", () => {
  // As the system reads and writes it.
  const canonical = (address: string) =>
    new SocketAddress({ address, family: isIPv4(address) ? "ipv4" : "ipv6" }).address;
  assert(
    property(oneof(ipV4(), ipV6()), nat(65534), (ip, port) => {
      const [found] = parseAddress(`${isIPv4(ip) ? ip : `[${ip}]`}:${port + 1}`, []) as readonly Address[];
      expect(found?.port).toBe(port + 1);
      expect(canonical(found?.host ?? "")).toBe(canonical(ip));
    }),
  );
});

test("no text makes an address with a host or path that a request or a terminal would take for more", () => {
  assert(
    property(
      oneof(
        string({ unit: "binary" }),
        array(oneof(string(), ipV4())).map((parts) => `http://${parts.join("/")}`),
      ),
      (text) => {
        const found = parseAddress(text, [80]);
        if (typeof found === "string") return;
        for (const { host, path } of found) {
          expect(host).toMatch(/^[0-9a-z._:-]+$/);
          expect(path).toMatch(/^\/[!-~]*$/);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
