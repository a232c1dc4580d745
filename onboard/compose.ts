import { Snapshot } from "../account/snapshot";
import { composeAlb } from "./alb/alb";
import { composeCloudFront } from "./cloudfront/cloudfront";
import { Composition, Scenario, Wanted } from "./composition";
import { composeHttpApi } from "./http-api/http-api";
import { composeNlb } from "./nlb/nlb";
import { composeRestApi } from "./rest-api/rest-api";

const COMPOSED: Readonly<Record<Scenario, (snapshot: Snapshot, wanted: Wanted) => Composition>> = {
  alb: composeAlb,
  nlb: composeNlb,
  "http-api": composeHttpApi,
  cloudfront: composeCloudFront,
  "rest-api": composeRestApi,
};

/** @throws Refusal */
export function compose(scenario: Scenario, snapshot: Snapshot, wanted: Wanted): Composition {
  return COMPOSED[scenario](snapshot, wanted);
}
