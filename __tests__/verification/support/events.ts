/**
 * Events as CloudTrail records them and EventBridge gets them.
 * Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html, and the examples in
 * the services' pages on logging with CloudTrail. EC2 writes its parameters in camel case and lists as { items: […] }; newer
 * calls wrap them in the name of the request. Elastic Load Balancing and API Gateway write theirs as their SDKs do.
 */
export interface Call {
  /** What it does, for the reader of the test. */
  readonly what: string;
  readonly service: string;
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>> | null;
  /** Further fields of the record. */
  readonly record?: Readonly<Record<string, unknown>>;
}

export function event({ service, name, parameters, record }: Call) {
  return {
    version: "0",
    id: "6f2d9e1c-5a3b-4c7d-8e9f-0a1b2c3d4e5f",
    "detail-type": "AWS API Call via CloudTrail",
    source: `aws.${service}`,
    account: "123456789012",
    time: "2026-01-15T09:30:00Z",
    region: "us-east-1",
    resources: [],
    detail: {
      eventVersion: "1.10",
      userIdentity: {
        type: "AssumedRole",
        principalId: "AROAEXAMPLEID:alice",
        arn: "arn:aws:sts::123456789012:assumed-role/admin/alice",
        accountId: "123456789012",
      },
      eventTime: "2026-01-15T09:30:00Z",
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: "us-east-1",
      sourceIPAddress: "198.51.100.7",
      userAgent: "aws-cli/2.31.0",
      requestParameters: parameters,
      responseElements: { _return: true },
      requestID: "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
      eventID: "1b2c3d4e-5f60-7182-93a4-b5c6d7e8f90a",
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: "123456789012",
      eventCategory: "Management",
      ...record,
    },
  };
}
