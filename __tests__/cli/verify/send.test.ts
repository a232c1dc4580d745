import { send } from "../../../cli/verify/send";
import { Servers } from "./support/servers";

const servers = new Servers();

test("connections that are closed at once have an outcome, however busy this process is with others", async () => {
  const port = await servers.tcp((socket) => socket.end());
  const address = { protocol: "http", host: "127.0.0.1", port, path: "/" } as const;
  const limits = { seconds: 5, deadline: new AbortController().signal };
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, () => send({ address, verifyCertificate: true }, limits)),
  );
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["closed"]));
}, 20_000);
