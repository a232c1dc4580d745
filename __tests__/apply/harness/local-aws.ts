import { join } from "node:path";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { environment } from "./environment";
import { connection, launch, LocalServer, type Started } from "./local-server";

/** An AWS on this machine: moto's server, and clients of it. */
export class LocalAws extends LocalServer {
  readonly elb: ElasticLoadBalancingV2;
  readonly ec2: EC2;
  readonly autoScaling: AutoScaling;
  readonly cloudFront: CloudFront;
  readonly apiGatewayV2: ApiGatewayV2;

  private constructor(started: Started) {
    super(started);
    const { endpoint } = started;
    this.elb = new ElasticLoadBalancingV2(connection(endpoint));
    this.ec2 = new EC2(connection(endpoint));
    this.autoScaling = new AutoScaling(connection(endpoint));
    this.cloudFront = new CloudFront(connection(endpoint));
    this.apiGatewayV2 = new ApiGatewayV2(connection(endpoint));
  }

  /** Starts a server on a free port, and returns when it answers. */
  static async start(): Promise<LocalAws> {
    const started = await launch(
      // moto, too, would go by a developer's profile. It knows AWS's own policies only if it is told to.
      () => ({
        command: ["moto_server", "-H", "127.0.0.1", "-p", "0"],
        env: { ...environment(), MOTO_IAM_LOAD_MANAGED_POLICIES: "true", PYTHONPATH: join(__dirname, "../moto") },
      }),
      (line) => / Running on (\S+)/.exec(line)?.[1],
    );
    return new LocalAws(started);
  }
}
