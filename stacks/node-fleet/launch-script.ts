import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { matches } from "../../synth/variables/rules";
import { string } from "../../synth/variables/schema";
import { LAUNCH_HOOK } from "./lifecycle-hooks";

/** The first bytes of compressed data (https://www.rfc-editor.org/rfc/rfc1952#section-2.3), in base64. */
const GZIP_IN_BASE64 = /^H4sI[0-9A-Za-z+\/]+=*$/;

export const userDataGzipSchema = string(
  "The script that configures an instance at its first boot, compressed with base64gzip: the output user_data_gzip of the module node-config.",
  matches(
    GZIP_IN_BASE64,
    "be compressed with base64gzip, such as the output user_data_gzip of the module node-config",
    {
      accepts: ["H4sIAAAAAAAA/1NW1E/KzNMvzuBKTc7IV8jPBgCP/AvmEQAAAA=="],
      refuses: ["#!/bin/bash", "IyEvYmluL2Jhc2gK", ""],
    },
  ),
);

/** Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
export const USER_DATA_BYTES = 16384;

export interface LaunchScriptProps {
  readonly userDataGzip: string;
}

/** The user data: runs the node's boot script, and reports the result to the Auto Scaling group. */
export function launchScript(scope: Construct, { userDataGzip }: LaunchScriptProps): IResolvable {
  return local(
    scope,
    "launch_script",
    text`#!/bin/bash
# From the Terraform module node-fleet. Runs the boot script of the node, and reports the result to the Auto Scaling group,
# which abandons an instance that failed. Without a report, it does so when boot_timeout has passed.
set -uo pipefail

metadata() {
  local token
  token=$(curl -fsS -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token) &&
    curl -fsS -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

install -m 0700 /dev/null /var/lib/wallarm-node-boot
base64 -d <<< '${userDataGzip}' | gunzip > /var/lib/wallarm-node-boot && /var/lib/wallarm-node-boot
status=$?

result=CONTINUE
if [ "$status" -ne 0 ]; then
  result=ABANDON
  echo "The boot script of the node failed with exit code $status." >&2
fi
region=$(metadata placement/region)
instance=$(metadata instance-id)
group=$(aws autoscaling describe-auto-scaling-instances --region "$region" --instance-ids "$instance" \\
  --query 'AutoScalingInstances[0].AutoScalingGroupName' --output text) || exit
aws autoscaling complete-lifecycle-action --region "$region" --auto-scaling-group-name "$group" \\
  --lifecycle-hook-name '${LAUNCH_HOOK}' --instance-id "$instance" --lifecycle-action-result "$result" || exit
exit "$status"
`,
  );
}
