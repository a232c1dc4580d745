import { devNull } from "node:os";

/** What the local AWS is told about whoever asks. It looks at none of it, and the real AWS would refuse it. */
export const region = "us-east-1";
export const credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** What a developer's shell may say about an AWS account, or about Terraform work that is not ours. */
const personal = /^(AWS_|TF_VAR_|TF_CLI_ARGS|TF_DATA_DIR|TF_WORKSPACE|TF_LOG)/;

/** Environment of a program that tests run: the AWS at this endpoint is the only one that it can use. */
export function environment(endpoint?: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !personal.test(name));
  return {
    ...Object.fromEntries(inherited),

    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region, // the AWS CLI reads only this
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",

    TF_CLI_ARGS: "-no-color",
    TF_INPUT: "false",
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
  };
}
