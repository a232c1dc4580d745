/**
 * The headers that parameter mappings of API Gateway cannot set.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers
 */
import { IResolvable } from "cdktf";
import { hcl, Interpolation } from "../../synth/language/expression/expression";

const RESERVED = [
  ...["authorization", "connection", "content-encoding", "content-length", "content-location", "forwarded"],
  ...["keep-alive", "origin", "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding"],
  ...["upgrade", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
];

/** @param header its name */
export function reservedByApiGateway(header: Interpolation): IResolvable {
  return hcl`can(regex("^(access-control|apigw|x-amz|x-amzn)-", lower(${header}))) || contains(
    ${RESERVED},
    lower(${header})
  )`;
}
