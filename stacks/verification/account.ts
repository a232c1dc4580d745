import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Construct } from "constructs";
import { Account } from "./contract-schema";

/** Reads the account, partition, and Region of the provider. */
export function currentAccount(scope: Construct): Account {
  return {
    id: new DataAwsCallerIdentity(scope, "current").accountId,
    partition: new DataAwsPartition(scope, "partition.current").partition,
    // Not the name: version 6 of the provider renames that attribute.
    region: new DataAwsRegion(scope, "region.current").id,
  };
}
