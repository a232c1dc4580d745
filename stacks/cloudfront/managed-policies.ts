/**
 * Managed policies of AWS: CloudFront caches nothing, and the node gets everything that the client sent, including the Host
 * header.
 * Sources: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html and
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
export const ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";
