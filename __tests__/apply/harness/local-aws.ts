import { join } from "node:path";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { CloudFront } from "@aws-sdk/client-cloudfront";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { environment } from "./environment";
import { connection, launch, LocalServer, type Started } from "./local-server";

interface Options {
  /** False: moto alone, for the suite of the strict rules. */
  readonly strict?: boolean;
  /** Limits the rate of reads as AWS does. */
  readonly throttle?: boolean;
  /** Rules of a load balancer. @default 100 */
  readonly rulesQuota?: number;
}

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
  static async start({ strict = true, throttle = false, rulesQuota = 100 }: Options = {}): Promise<LocalAws> {
    const started = await launch(
      // moto, too, would go by a developer's profile. It knows AWS's own policies only if it is told to.
      () => ({
        command: ["moto_server", "-H", "127.0.0.1", "-p", "0"],
        env: {
          ...environment(),
          MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
          PYTHONPATH: join(__dirname, "../moto"),
          STRICT: strict ? "1" : "0",
          THROTTLE: throttle ? "1" : "0",
          RULES_QUOTA: String(rulesQuota),
        },
      }),
      (line) => / Running on (\S+)/.exec(line)?.[1],
    );
    return new LocalAws(started);
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
