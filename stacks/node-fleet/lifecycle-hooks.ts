import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AutoscalingLifecycleHook } from "@cdktf/provider-aws/lib/autoscaling-lifecycle-hook";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { wholeNumber } from "../../synth/variables/rules";
import { number, optional } from "../../synth/variables/schema";

export const LAUNCH_HOOK = "boot";

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html */
const hookTimeout = wholeNumber(30, 7200, "seconds");

export const bootTimeoutSchema = optional(
  number(
    "Seconds within which the boot script of an instance must end. The Auto Scaling group terminates an instance whose script fails or takes longer, before a load balancer sends requests to it.",
    hookTimeout,
  ),
  900,
);

export const terminationDelaySchema = optional(
  number(
    "Seconds that an instance keeps running after its load balancers have deregistered it, so that open connections can end.",
    hookTimeout,
  ),
  60,
);

export interface LifecycleHooksProps {
  readonly bootTimeout: number;
  readonly terminationDelay: number;
}

/** The hooks of a new group, which its first instances need. */
export function initialHooks({ bootTimeout, terminationDelay }: LifecycleHooksProps) {
  return [
    {
      name: LAUNCH_HOOK,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
      heartbeatTimeout: bootTimeout,
      defaultResult: "ABANDON",
    },
    {
      name: "drain",
      lifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING",
      heartbeatTimeout: terminationDelay,
      defaultResult: "CONTINUE",
    },
  ];
}

/** The same hooks, where a timeout can change. A change of an initial hook would replace the group. */
export class LifecycleHooks extends Construct {
  public constructor(scope: Construct, id: string, group: AutoscalingGroup, props: LifecycleHooksProps) {
    super(scope, id);
    for (const hook of initialHooks(props))
      comment(
        new AutoscalingLifecycleHook(this, hook.name, { ...hook, autoscalingGroupName: group.name }),
        hook.name === LAUNCH_HOOK
          ? "The same hook as initial_lifecycle_hook, whose changes would replace the group. The launch script ends the wait. If it does not, AWS abandons the instance."
          : "Nothing ends the wait before the timeout. AWS deregisters the instance from its load balancers first (https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html).",
      );
  }
}
