/** VPC endpoint services, through which other VPCs reach a Network Load Balancer. */
import * as z from "zod";
import { row } from "./row";
import { TEXT, TEXTS } from "./values";

export const ENDPOINT_SERVICE = row(z.object({ id: TEXT, network_load_balancer_arns: TEXTS }), {
  remove: ({ id }, draft) => {
    const ec2 = draft.part("ec2");
    if (ec2 !== null) ec2.EndpointServices = ec2.EndpointServices.filter(({ ServiceId }) => ServiceId !== id);
  },
  put: ({ id, network_load_balancer_arns: NetworkLoadBalancerArns }, draft) => {
    draft.part("ec2")?.EndpointServices.push({ ServiceId: draft.planned(id), NetworkLoadBalancerArns });
  },
});
