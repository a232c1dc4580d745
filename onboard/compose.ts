import { Snapshot } from "../account/snapshot";
import { composeAlb } from "./alb";
import { composeCloudFront } from "./cloudfront";
import { Composition, Scenario, Wanted } from "./composition";
import { composeHttpApi } from "./http-api";
import { composeNlb } from "./nlb";

const COMPOSED: Readonly<Record<Scenario, (snapshot: Snapshot, wanted: Wanted) => Composition>> = {
  alb: composeAlb,
  nlb: composeNlb,
  "http-api": composeHttpApi,
  cloudfront: composeCloudFront,
};

/** @throws Refusal */
export function compose(scenario: Scenario, snapshot: Snapshot, wanted: Wanted): Composition {
  return COMPOSED[scenario](snapshot, wanted);
}
