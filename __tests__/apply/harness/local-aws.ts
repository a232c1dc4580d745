import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { connection, LocalServer, type Started } from "./local-server";
import { forked, type Options, startMoto } from "./moto-server";

/** The answer to an operation that moto does not have. */
export interface StoredAnswer {
  readonly service: string;
  readonly operation: string;
  readonly answer: object;
  /** Parameters of the requests that are answered with it. Without them, all are. */
  readonly when?: object;
}

/** A call that a test has refused. */
export interface Fault {
  /** As in botocore: `elbv2`. */
  readonly service: string;
  readonly operation: string;
  /** How many of these calls go through before. @default 0 */
  readonly after?: number;
}

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

  /** Starts a server on a free port, and returns when it answers. It refuses what AWS refuses: see moto/strict/README.md. */
  static async start(options?: Options): Promise<LocalAws> {
    const started = options === undefined ? await forked() : undefined;
    return new LocalAws(started ?? (await startMoto(options)));
  }

  /** Fills in what an operation answers. moto/strict/README.md lists the operations. */
  async answer(entry: StoredAnswer): Promise<void> {
    const { ok } = await fetch(`${this.endpoint}/strict/answers`, { method: "PUT", body: JSON.stringify(entry) });
    if (!ok) throw new Error(`${entry.service}:${entry.operation} is not in moto/strict/stored_answers.py.`);
  }

  /** Lets AWS do what it does by itself when nothing changes for some minutes, as replacing unhealthy targets. */
  async letTimePass(): Promise<void> {
    const { ok } = await fetch(`${this.endpoint}/strict/time`, { method: "POST" });
    if (!ok) throw new Error("moto alone has no time.");
  }

  /** Refuses one call, as if permissions had changed in the middle of an apply. */
  async refuse(fault: Fault): Promise<void> {
    const { ok } = await fetch(`${this.endpoint}/strict/faults`, { method: "POST", body: JSON.stringify(fault) });
    if (!ok) throw new Error("moto alone refuses nothing.");
  }

  /** @param ids of subnets, and of their VPC, which the other account shares with this one from now on */
  async share(owner: string, ids: readonly string[]): Promise<void> {
    const { ok } = await fetch(`${this.endpoint}/strict/shares`, {
      method: "POST",
      body: JSON.stringify({ owner, ids }),
    });
    if (!ok) throw new Error("moto alone shares nothing.");
  }

  /** One with the same data. It ends with this one. */
  async copy(): Promise<Copy> {
    return copyOf(this.endpoint);
  }
}

/** A copy of a local AWS, which can be copied again. */
export interface Copy {
  readonly endpoint: string;
  copy(): Promise<Copy>;
  stop(): Promise<void>;
}

async function copyOf(original: string): Promise<Copy> {
  const answer = await fetch(`${original}/strict/copy`, { method: "POST" });
  const endpoint = `http://127.0.0.1:${(await answer.json()) as number}`;
  return {
    endpoint,
    copy: () => copyOf(endpoint),
    // It ends without an answer.
    stop: () =>
      fetch(`${endpoint}/strict/copy`, { method: "DELETE" }).then(
        () => undefined,
        () => undefined,
      ),
  };
}
