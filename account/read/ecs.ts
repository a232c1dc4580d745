import { DescribeServicesCommand, ECSClient, ListClustersCommand, ListServicesCommand } from "@aws-sdk/client-ecs";
import * as z from "zod";
import * as schema from "../schema/compute";
import { callsOf, Pages, Reader, ReadError } from "./reader";

const call = callsOf<ECSClient>();
const pages: Pages = ["nextToken", "nextToken"];

export const CALLS = {
  clusters: call({
    action: "ecs:ListClusters",
    send: (ecs, input: object) => ecs.send(new ListClustersCommand(input)),
    ...{ list: "clusterArns", item: z.string(), pages },
  }),
  services: call({
    action: "ecs:ListServices",
    send: (ecs, input: { cluster: string; maxResults: number }) => ecs.send(new ListServicesCommand(input)),
    ...{ list: "serviceArns", item: z.string(), pages },
  }),
  describedServices: call({
    action: "ecs:DescribeServices",
    // A service that was deleted in between is in `failures`, not in an error.
    send: async (ecs, input: { cluster: string; services: string[] }) => {
      const answer = await ecs.send(new DescribeServicesCommand(input));
      const failed = answer.failures?.find(({ reason }) => reason !== "MISSING");
      if (failed) throw new ReadError(`${failed.reason}: ${failed.arn}`);
      return answer;
    },
    ...{ list: "services", item: schema.ECS_SERVICE },
  }),
};

/** The most services in a call: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const AT_ONCE = 10;

export async function readEcs(ecs: Reader<ECSClient>): Promise<z.infer<typeof schema.ECS>> {
  const clusters = await ecs.list(CALLS.clusters, {});
  const found = await Promise.all(
    clusters.map(async (cluster) => {
      const arns = await ecs.list(CALLS.services, { cluster, maxResults: 100 }, cluster);
      const starts = Array.from({ length: Math.ceil(arns.length / AT_ONCE) }, (_, index) => index * AT_ONCE);
      return Promise.all(
        starts.map((start) => {
          const services = arns.slice(start, start + AT_ONCE);
          return ecs.list(CALLS.describedServices, { cluster, services }, services.join(" "));
        }),
      );
    }),
  );
  return { services: found.flat(2) };
}
