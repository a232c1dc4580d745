import { describeInTestAll } from "../test-all";
import { requestCertificate } from "./harness/certificate";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { removedBlocks } from "./harness/release";
import { createSmallHttpApi } from "./harness/small-http-api";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { Truststore } from "./harness/truststore";

const DOMAIN = "api.example.com";
const API = "module.wallarm_routing.aws_apigatewayv2_api.adopted[0]";

interface Outputs {
  readonly redeployment_trigger: string;
}

/** The custom domain for clients with a certificate, and the endpoint for those without. */
describeInTestAll(["terraform", "moto_server"], "clients of an HTTP API that need a certificate", () => {
  let aws: LocalAws;
  let recorder: Recorder;
  let truststore: Truststore;
  let ApiId: string;
  let root: TerraformRoot;
  let before: string[];
  let certificateArn: string;
  let versions: string[];

  beforeEach(async () => {
    aws = await LocalAws.start();
    recorder = await Recorder.start(aws.endpoint);
    truststore = await Truststore.create(aws, "shop-truststore");
    versions = [await truststore.upload(), await truststore.upload()];
    certificateArn = await requestCertificate(aws, DOMAIN);
  });

  afterEach(async () => {
    await recorder.stop();
    await aws.stop();
  });

  async function start(deployment: "adopted" | "automatic" | "owner"): Promise<void> {
    const api = await createSmallHttpApi(aws, deployment === "automatic");
    ({ ApiId } = api);
    before = await inventory(aws);
    root = await TerraformRoot.init(
      { endpoint: recorder.endpoint, folder: aws.folder, signal: aws.signal },
      "__tests__/apply/roots/http-api",
      { ...api.variables, deployment },
    );
  }

  const admitting = (changes: object = {}): Variables => ({
    node_traffic_percent: 100,
    client_mtls: {
      ...{ domain_name: DOMAIN, certificate_arn: certificateArn },
      ...{ truststore_uri: truststore.uri, truststore_version: versions[0] },
      ...changes,
    },
  });

  /** What clients find, with a certificate and without. */
  async function entrances() {
    const { Items: mappings = [] } = await aws.apiGatewayV2.getApiMappings({ DomainName: DOMAIN });
    const { MutualTlsAuthentication } = await aws.apiGatewayV2.getDomainName({ DomainName: DOMAIN });
    const { DisableExecuteApiEndpoint } = await aws.apiGatewayV2.getApi({ ApiId });
    return {
      mappings: mappings.map(
        (one) => `${one.ApiMappingKey === "" ? "/" : one.ApiMappingKey} -> ${one.ApiId}/${one.Stage}`,
      ),
      truststore: MutualTlsAuthentication?.TruststoreVersion,
      defaultEndpoint: DisableExecuteApiEndpoint === true ? "disabled" : "enabled",
    };
  }

  test("the domain comes first, then the default endpoint goes, and the truststore changes in place", async () => {
    await start("automatic");
    await root.apply(admitting());
    expect(await root.changes(admitting())).toEqual([]);
    const found = { mappings: [`/ -> ${ApiId}/live`], truststore: versions[0] };
    expect(await entrances()).toEqual({ ...found, defaultEndpoint: "enabled" });
    const { client_domain } = await root.outputs<{ client_domain: object }>();
    expect(client_domain).toEqual({
      name: DOMAIN,
      target_domain_name: expect.stringMatching(/\.execute-api\.us-east-1\.amazonaws\.com$/) as string,
      hosted_zone_id: expect.stringMatching(/^Z/) as string,
    });

    const closed = admitting({ default_endpoint: "disabled" });
    expect(resourceChanges(await root.plan(closed))).toEqual([
      `import ${API}`,
      `update ${API}: disable_execute_api_endpoint`,
    ]);
    await root.apply(closed);
    expect(await root.changes(closed)).toEqual([]);
    expect(await entrances()).toEqual({ ...found, defaultEndpoint: "disabled" });
    const { Description, Name } = await aws.apiGatewayV2.getApi({ ApiId });
    expect({ Description, Name }).toEqual({ Description: undefined, Name: "shop" });

    const changed = admitting({
      ...{ default_endpoint: "disabled", truststore_version: versions[1], api_mapping_key: "shop/v1" },
    });
    await root.apply(changed);
    expect(await root.changes(changed)).toEqual([]);
    expect(await entrances()).toEqual({
      ...{ mappings: [`shop/v1 -> ${ApiId}/live`], truststore: versions[1], defaultEndpoint: "disabled" },
    });
  }, 300_000);

  test.each(["adopted", "owner"] as const)(
    "with a stage of the deployment %s, the default endpoint is disabled by a deployment",
    async (deployment) => {
      await start(deployment);
      await root.apply(admitting());
      const { redeployment_trigger } = await root.outputs<Outputs>();
      const first = recorder.requests.length;
      const closed = admitting({ default_endpoint: "disabled" });
      await root.apply(closed);
      expect(await root.changes(closed)).toEqual([]);
      // UpdateApi, then CreateDeployment, UpdateStage, and DeleteDeployment of the old one.
      const moved = deployment === "adopted" ? ["apigateway:POST", "apigateway:PATCH", "apigateway:DELETE"] : [];
      const changes = recorder.requests.slice(first).filter((action) => /:(POST|PATCH|DELETE)$/.test(action));
      expect(changes).toEqual(["apigateway:PATCH", ...moved]);
      expect((await root.outputs<Outputs>()).redeployment_trigger).not.toBe(redeployment_trigger);
    },
    300_000,
  );

  test("a domain that AWS refuses leaves the default endpoint as it is", async () => {
    await start("automatic");
    await root.apply({ node_traffic_percent: 100 });
    const closed = admitting({ default_endpoint: "disabled", truststore_version: "none" });
    await expect(root.apply(closed)).rejects.toThrow("BadRequestException");
    expect((await aws.apiGatewayV2.getApi({ ApiId })).DisableExecuteApiEndpoint).toBe(false);
    await root.apply(admitting({ default_endpoint: "disabled" }));
    expect((await entrances()).defaultEndpoint).toBe("disabled");
  }, 300_000);

  test("it is taken back as the README says, and the API never goes", async () => {
    await start("automatic");
    await root.apply(admitting({ default_endpoint: "disabled" }));
    await expect(root.plan({ node_traffic_percent: 0 })).rejects.toThrow("lifecycle.prevent_destroy");
    await root.apply(admitting({ default_endpoint: "enabled" }));
    expect((await entrances()).defaultEndpoint).toBe("enabled");
    await root.forget(API);
    await root.apply({ node_traffic_percent: 0 });
    expect(await root.changes({ node_traffic_percent: 0 })).toEqual([]);
    await root.write("main.tf", removedBlocks("api-gateway-http"));
    await root.apply();
    expect(await inventory(aws)).toEqual(before);
  }, 300_000);
});
