import { describeWithTools } from "../tools";
import { Application, type Received, receivedBy } from "./support/application";
import { Nodes } from "./support/nodes";

/** Connections of the tests come from these. */
const balancer = "127.0.0.1";
const stranger = "127.0.0.2";

describeWithTools(["terraform", "nginx"], "the client in a header other than X-Forwarded-For", () => {
  let application: Application;
  let nodes: Nodes;

  beforeAll(async () => {
    application = await Application.start();
    const backend = { url: `http://127.0.0.1:${application.port}` };
    const call = (client_header: string, other: object = {}) => ({
      backend,
      mode: "block",
      trusted_proxies: { cidrs: [`${balancer}/32`], client_protocol: "https", client_header, ...other },
    });
    nodes = await Nodes.start({
      "X-Source-Ip": call("X-Source-Ip", { client_protocol: null }),
      "cf-connecting-ip": call("cf-connecting-ip"),
      Forwarded: call("Forwarded", { cloudfront_cidrs: ["198.51.100.0/24"] }),
      "CloudFront-Viewer-Address": call("CloudFront-Viewer-Address"),
    });
  });

  afterAll(async () => {
    await application.stop();
    await nodes.stop();
  });

  async function ask(name: string, headers: Record<string, string>, localAddress = balancer): Promise<Received> {
    return receivedBy(await nodes.get(name).get("/", { localAddress, headers }));
  }

  test.each([
    ["X-Source-Ip", "203.0.113.9", "203.0.113.9"],
    ["X-Source-Ip", "2001:db8::7", "2001:db8::7"],
    ["X-Source-Ip", "203.0.113.9:51234", "203.0.113.9"],
    ["X-Source-Ip", "192.0.2.66, 203.0.113.9", "203.0.113.9"],
    ["X-Source-Ip", "unknown", balancer],
    ["cf-connecting-ip", "203.0.113.9", "203.0.113.9"],
    ["CloudFront-Viewer-Address", "203.0.113.9:46532", "203.0.113.9"],
    ["CloudFront-Viewer-Address", "2001:db8::7:46532", "2001:db8::7"],
    ["CloudFront-Viewer-Address", "2001:db8::7:4653", "2001:db8::7"],
    ["CloudFront-Viewer-Address", "2001:db8:1:2:3:4:5:6:443", "2001:db8:1:2:3:4:5:6"],
    ["CloudFront-Viewer-Address", "[2001:db8::7]:443", "2001:db8::7"],
    ["CloudFront-Viewer-Address", "203.0.113.9", balancer],
    ["CloudFront-Viewer-Address", "unknown", balancer],
    ["Forwarded", "by=10.0.30.17;for=203.0.113.9;host=shop.example.com;proto=https", "203.0.113.9"],
    ["Forwarded", "for=203.0.113.9", "203.0.113.9"],
    ["Forwarded", "For=203.0.113.9 ; Proto=https", "203.0.113.9"],
    ["Forwarded", "proto=https;for=203.0.113.9:4711", "203.0.113.9"],
    ["Forwarded", 'for="203.0.113.9:4711"', "203.0.113.9"],
    ["Forwarded", 'for="203.0.113.9:_port"', balancer],
    ["Forwarded", 'for="[2001:db8::7]"', "2001:db8::7"],
    ["Forwarded", 'FOR="[2001:DB8::7]:4711";by="[2001:db8::1]"', "2001:db8::7"],
    ["Forwarded", "for=2001:db8::7", "2001:db8::7"],
    ["Forwarded", 'for=192.0.2.66, by=10.0.0.1;for=203.0.113.9;host="shop.example.com"', "203.0.113.9"],
    ["Forwarded", "for=192.0.2.66,for=203.0.113.9,for=198.51.100.7", "203.0.113.9"],
    ["Forwarded", 'for=192.0.2.66, for="[2001:db8::7]:1", for=198.51.100.7;proto=https', "2001:db8::7"],
    ["Forwarded", "for=203.0.113.9, for=unknown", balancer],
    ["Forwarded", "for=_hidden, for=203.0.113.9", "203.0.113.9"],
    ["Forwarded", "for=unknown, for=198.51.100.7", "198.51.100.7"],
    ["Forwarded", "for=_SEVKISEK", balancer],
    ["Forwarded", "for=999.0.0.1", balancer],
    ["Forwarded", "for=203.0.113.9;;;", "203.0.113.9"],
    ["Forwarded", "by=203.0.113.9", balancer],
    ["Forwarded", "notfor=203.0.113.9", balancer],
    ["Forwarded", "", balancer],
    // What a client sent stands before what the proxy appends.
    ["Forwarded", 'for=192.0.2.66;x=", for=203.0.113.9', "203.0.113.9"],
    ["Forwarded", 'for="192.0.2.66, for=203.0.113.9', "203.0.113.9"],
    ["Forwarded", `${"for=192.0.2.66,".repeat(500)} for=203.0.113.9`, "203.0.113.9"],
  ])("%s: %s is %s", async (name, value, client) => {
    expect((await ask(name, { [name]: value })).headers).toMatchObject({ "x-real-ip": client });
  });

  describe.each([
    ["X-Source-Ip", "203.0.113.9"],
    ["Forwarded", "for=203.0.113.9"],
    ["CloudFront-Viewer-Address", "203.0.113.9:46532"],
  ])("%s", (name, value) => {
    test("is ignored, and not passed on, from a sender that is not trusted", async () => {
      const forged = { [name]: value, "X-Wallarm-Routing-Client": "203.0.113.9", "X-Forwarded-For": "203.0.113.9" };
      const { headers } = await ask(name, forged, stranger);
      expect(headers).toMatchObject({ "x-real-ip": stranger, "x-forwarded-for": `203.0.113.9, ${stranger}` });
      expect([undefined, stranger]).toContain(headers[name.toLowerCase()]);
    });

    test("is passed on", async () => {
      expect((await ask(name, { [name]: value })).headers[name.toLowerCase()]).toBe(value);
    });

    test("is looked at with the client that it names, once", async () => {
      const response = (await nodes.get(name).get("/", { headers: { [name]: value } })).resume();
      expect(response.headers["x-wallarm-mode"]).toBe(name === "X-Source-Ip" ? "block" : "block, off");
    });

    test.each([
      ["10.0.30.17", "203.0.113.9, 10.0.30.17"],
      ["192.0.2.66, 203.0.113.9, 198.51.100.7", "192.0.2.66, 203.0.113.9, 198.51.100.7"],
      ["203.0.113.9:51234", "203.0.113.9:51234"],
      ["203.0.113.99", "203.0.113.9, 203.0.113.99"],
      ["1203.0.113.9", "203.0.113.9, 1203.0.113.9"],
    ])("names the client in the list, where it is not: %s", async (list, expected) => {
      const { headers } = await ask(name, { [name]: value, "X-Forwarded-For": list });
      expect(headers["x-forwarded-for"]).toBe(expected);
    });

    test("cannot be replaced by the header of the second pass", async () => {
      const { headers, names } = await ask(name, { [name]: value, "X-Wallarm-Routing-Client": "192.0.2.66" });
      expect(headers).toMatchObject({ "x-real-ip": "203.0.113.9" });
      expect(names).not.toContain("x-wallarm-routing-client");
    });
  });

  test("the protocol is that of the clients, and the load balancer's port is not passed on", async () => {
    const { headers } = await ask("Forwarded", { "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80" });
    expect(headers["x-forwarded-proto"]).toBe("https");
    expect(headers).not.toHaveProperty("x-forwarded-port");
  });

  test("a client cannot claim another address of a viewer", async () => {
    for (const clients of ["CloudFront_Viewer_Address", "CloudFront.Viewer.Address"])
      for (const pairs of [
        [clients, "192.0.2.66:1", "CloudFront-Viewer-Address", "203.0.113.9:46532"],
        ["CloudFront-Viewer-Address", "203.0.113.9:46532", clients, "192.0.2.66:1"],
      ]) {
        const response = await nodes.get("CloudFront-Viewer-Address").get("/", { headers: ["Host", "shop", ...pairs] });
        expect(JSON.stringify((await receivedBy(response)).headers)).not.toContain("192.0.2.66");
      }
  });

  test.each(["/a%2Fb%20c//d/../e%3F?x=%2F&y=+", "/", "/?"])("%s arrives as it was written", async (path) => {
    expect((await receivedBy(await nodes.get("Forwarded").get(path))).url).toBe(path);
  });
});
