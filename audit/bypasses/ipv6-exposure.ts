import { BypassClass } from "../class";

export const IPV6_EXPOSURE: BypassClass = {
  id: "ipv6-exposure",
  numbers: [17],
  title: "The application is open over IPv6",
  guideRows: [15],
  severity: "high",
  remedy: "Remove the rule for IPv6, or the route and address. network-acl denies IPv6 by default.",
  matches: ({ via }) =>
    via.kind === "network" &&
    via.way.source.kind === "internet" &&
    via.way.source.addresses.some((one) => one.includes(":")),
};
