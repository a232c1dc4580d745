import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { Account } from "./contract-schema";

/** Reads the account, partition, and Region of the provider. */
export function currentAccount(scope: Construct): Account {
  const caller = new DataAwsCallerIdentity(scope, "current");
  const partition = new DataAwsPartition(scope, "partition.current");
  const region = new DataAwsRegion(scope, "region.current");
  return {
    id: hcl.string(local(scope, "account_id", hcl`${caller.accountId}`)),
    partition: hcl.string(local(scope, "partition", hcl`${partition.partition}`)),
    // Not the name: version 6 of the provider renames that attribute.
    region: hcl.string(local(scope, "region", hcl`${region.id}`)),
  };
}
