/** The classes of bypasses. The first one that matches names a way: the more special ones come first. */
import { BypassClass } from "../class";
import { APPLICATION_IN_THE_NODE_S_TARGET_GROUP } from "./application-in-the-node-s-target-group";
import { CACHE_BEHAVIOR } from "./cache-behavior";
import { DEFAULT_ACTION } from "./default-action";
import { DEFAULT_ENDPOINT } from "./default-endpoint";
import { DEFAULT_SECURITY_GROUP } from "./default-security-group";
import { EXTRA_SECURITY_GROUP } from "./extra-security-group";
import { FOREIGN_CARRIER } from "./foreign-carrier";
import { FORGOTTEN_ROUTE } from "./forgotten-route";
import { INTERNET_INTEGRATION } from "./internet-integration";
import { IPV6_EXPOSURE } from "./ipv6-exposure";
import { LAMBDA_INTEGRATION } from "./lambda-integration";
import { LISTENER_RULE } from "./listener-rule";
import { LOAD_BALANCER_CHAIN } from "./load-balancer-chain";
import { NODE_OPEN_TO_THE_INTERNET } from "./node-open-to-the-internet";
import { NO_SECRET_SENT } from "./no-secret-sent";
import { OPERATOR_ENDPOINT } from "./operator-endpoint";
import { ORIGIN_FAILOVER } from "./origin-failover";
import { ORIGIN_IS_THE_APPLICATION } from "./origin-is-the-application";
import { OTHER_DISTRIBUTION } from "./other-distribution";
import { OTHER_GROUP_ADMITTED } from "./other-group-admitted";
import { OTHER_LISTENER } from "./other-listener";
import { OTHER_LOAD_BALANCER } from "./other-load-balancer";
import { OTHER_NETWORK } from "./other-network";
import { PREFIX_LIST } from "./prefix-list";
import { PRIVATE_LINK } from "./private-link";
import { PUBLIC_INGRESS } from "./public-ingress";
import { SECRET_NOT_DEMANDED } from "./secret-not-demanded";
import { SHARED_SECURITY_GROUP } from "./shared-security-group";
import { STAGE_VARIABLE } from "./stage-variable";
import { STALE_DEPLOYMENT } from "./stale-deployment";
import { VPC_LINK } from "./vpc-link";
import { VPC_ORIGIN } from "./vpc-origin";
import { WEIGHTED_FORWARD } from "./weighted-forward";
import { WIDER_THAN_THE_NODE } from "./wider-than-the-node";
import { WORLD_INGRESS } from "./world-ingress";

export const BYPASSES: readonly BypassClass[] = [
  DEFAULT_SECURITY_GROUP,
  EXTRA_SECURITY_GROUP,
  SHARED_SECURITY_GROUP,
  FOREIGN_CARRIER,
  OTHER_GROUP_ADMITTED,
  PREFIX_LIST,
  PRIVATE_LINK,
  OTHER_NETWORK,
  OPERATOR_ENDPOINT,
  IPV6_EXPOSURE,
  WORLD_INGRESS,
  PUBLIC_INGRESS,
  WIDER_THAN_THE_NODE,
  APPLICATION_IN_THE_NODE_S_TARGET_GROUP,
  LOAD_BALANCER_CHAIN,
  WEIGHTED_FORWARD,
  OTHER_LOAD_BALANCER,
  OTHER_LISTENER,
  DEFAULT_ACTION,
  LISTENER_RULE,
  VPC_ORIGIN,
  OTHER_DISTRIBUTION,
  ORIGIN_FAILOVER,
  CACHE_BEHAVIOR,
  ORIGIN_IS_THE_APPLICATION,
  STAGE_VARIABLE,
  LAMBDA_INTEGRATION,
  STALE_DEPLOYMENT,
  FORGOTTEN_ROUTE,
  INTERNET_INTEGRATION,
  VPC_LINK,
  NO_SECRET_SENT,
  SECRET_NOT_DEMANDED,
  NODE_OPEN_TO_THE_INTERNET,
  DEFAULT_ENDPOINT,
];
