import type { EndpointType } from "@aws-sdk/client-api-gateway";
import { describeInTestAll } from "../test-all";
import { PRIVATE_AUTHORITY, requestCertificate } from "./harness/certificate";
import { LocalRestApis } from "./harness/local-rest-apis";
import { resourceChanges, warnings } from "./harness/plan";
import { integrationsOf } from "./harness/rest-api";
import { removedBlocks } from "./harness/release";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { Truststore } from "./harness/truststore";

type Document = Record<string, Record<string, { "x-amazon-apigateway-integration": object }>>;

const proxy = { name: "proxy", in: "path", required: true, schema: { type: "string" } };
const greedy = (integration: object): Document => ({
  "/{proxy+}": {
    "x-amazon-apigateway-any-method": {
      parameters: [proxy],
      "x-amazon-apigateway-integration": {
        type: "http_proxy",
        httpMethod: "ANY",
        requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
        ...integration,
      },
    } as Document[string][string],
  },
});

/** Of the API `domain`. */
const ownersMapping = { domainName: "api.example.com", basePath: "shop" };

/** APIs of the kinds that public modules and examples make. All of them move in one apply. */
describeInTestAll(["terraform", "localstack"], "REST APIs of other people", () => {
  let apis: LocalRestApis;
  let root: TerraformRoot;
  let vpcLinkId: string;
  /** The calls of the module, with the deployments that the stages serve before. */
  let atFirst: Variables;
  /** What the stages serve that the module adopts. */
  let deployments: (string | undefined)[];
  let ids: Record<"variables" | "domain" | "private" | "document", string>;

  beforeAll(async () => {
    apis = await LocalRestApis.start();
    const targetArns = ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/node/0123456789abcdef"];
    vpcLinkId = String((await apis.apiGateway.createVpcLink({ name: "node", targetArns })).id);
    ids = {
      variables: await api({
        uri: "https://${stageVariables.host}/v1/{proxy}",
        connectionType: "VPC_LINK",
        connectionId: "${stageVariables.vpcLinkId}",
      }),
      domain: await api({ uri: "https://shop.example.com/{proxy}" }),
      private: await api({ uri: "https://shop.example.com/{proxy}" }, ["PRIVATE"]),
      document: await api({ uri: "https://shop.example.com/{proxy}" }),
    };
    await apis.apiGateway.createDomainName({
      domainName: "api.example.com",
      regionalCertificateArn: await requestCertificate(apis, "api.example.com"),
      endpointConfiguration: { types: ["REGIONAL"] },
    });
    await apis.apiGateway.createBasePathMapping({ ...ownersMapping, restApiId: ids.domain, stage: "live" });
    const stages = await Promise.all([ids.variables, ids.domain, ids.private].map(stageOf));
    deployments = stages.map(({ deploymentId }) => deploymentId);
    atFirst = await calls();
    root = await TerraformRoot.init(apis, "__tests__/apply/roots/rest-apis", {
      vpc_link_id: vpcLinkId,
      apis: atFirst,
    });
  }, 120_000);

  afterAll(() => apis.stop());

  /** LocalStack forgets the connections of a document. */
  async function connect(restApiId: string, { connectionId }: { connectionId?: string }): Promise<void> {
    if (connectionId === undefined) return;
    await apis.apiGateway.updateIntegration({
      restApiId,
      resourceId: await resourceOf(restApiId),
      httpMethod: "ANY",
      patchOperations: [
        { op: "replace", path: "/connectionType", value: "VPC_LINK" },
        { op: "replace", path: "/connectionId", value: connectionId },
      ],
    });
  }

  async function resourceOf(restApiId: string): Promise<string | undefined> {
    const { items = [] } = await apis.apiGateway.getResources({ restApiId });
    return items.find(({ path }) => path === "/{proxy+}")?.id;
  }

  async function api(integration: object, types: EndpointType[] = ["REGIONAL"]): Promise<string> {
    const paths = greedy(integration);
    const body = Buffer.from(JSON.stringify({ openapi: "3.0.1", info: { title: "shop", version: "1" }, paths }));
    const parameters = { endpointConfigurationTypes: types.join(",") };
    const { id: restApiId = "" } = await apis.apiGateway.importRestApi({ body, parameters });
    await connect(restApiId, integration);
    await apis.apiGateway.createDeployment({
      restApiId,
      stageName: "live",
      variables: { host: "shop.example.com", vpcLinkId: "application" },
    });
    return restApiId;
  }

  async function calls(): Promise<Variables> {
    const call = async (id: string, more: Variables) => ({
      rest_api: { id, endpoint_type: "REGIONAL" },
      stage: { name: "live", application_deployment_id: (await stageOf(id)).deploymentId },
      application: { url: "https://shop.example.com" },
      routes: { "ANY /{proxy+}": {} },
      adopted: true,
      resource_id: await resourceOf(id),
      ...more,
    });
    return {
      variables: await call(ids.variables, {
        application: { url: "https://${stageVariables.host}/v1" },
        routes: { "ANY /{proxy+}": { vpc_link_id: "${stageVariables.vpcLinkId}" } },
      }),
      domain: await call(ids.domain, {}),
      private: await call(ids.private, { rest_api: { id: ids.private, endpoint_type: "PRIVATE" } }),
      document: await call(ids.document, { adopted: false }),
    };
  }

  async function stageOf(restApiId: string) {
    return apis.apiGateway.getStage({ restApiId, stageName: "live" });
  }

  async function integrations(): Promise<Record<string, string[]>> {
    const all = Object.entries(ids).map(async ([name, id]) => [name, await integrationsOf(apis, id)] as const);
    return Object.fromEntries(await Promise.all(all));
  }

  async function expectApplied(percent: number): Promise<void> {
    await root.apply({ node_traffic_percent: percent });
    expect(await root.changes({ node_traffic_percent: percent })).toEqual([]);
  }

  const toApplication = (uri: string, connection = "INTERNET") => [
    `ANY /{proxy+}: HTTP_PROXY ANY ${uri}/{proxy} ${connection} (path.proxy = method.request.path.proxy) 29000 ms`,
  ];
  const toNode = (path = "") => [
    `ANY /{proxy+}: HTTP_PROXY ANY http://node.example.com${path}/{proxy} VPC_LINK ${vpcLinkId} ` +
      "(header.X-Source-Ip = context.identity.sourceIp, path.proxy = method.request.path.proxy) 29000 ms",
  ];
  const before = {
    variables: toApplication("https://${stageVariables.host}/v1", "VPC_LINK ${stageVariables.vpcLinkId}"),
    domain: toApplication("https://shop.example.com"),
    private: toApplication("https://shop.example.com"),
    document: toApplication("https://shop.example.com"),
  };

  test("at 0, the plan changes no integration, and stage variables stay", async () => {
    expect(await integrations()).toEqual(before);
    const plan = await root.plan({ node_traffic_percent: 0 });
    expect(resourceChanges(plan).filter((change) => !/^(create|import) /.test(change))).toEqual([]);
    await expectApplied(0);
    expect(await integrations()).toEqual(before);
  });

  test("at 100, all that the module adopts goes to the node, and it names what an owner has not pasted", async () => {
    await expectApplied(100);
    expect(await integrations()).toEqual({
      variables: toNode("/v1"),
      domain: toNode(),
      private: toNode(),
      document: before.document,
    });
    expect(warnings(await root.plan({ node_traffic_percent: 100 }))).toEqual([
      expect.stringContaining(
        "The stage live does not send these methods to the node: ANY /{proxy+} (https://shop.example.com/{proxy}).",
      ),
    ]);
  });

  test("clients get a domain that needs a certificate, and the default endpoint is disabled by a deployment", async () => {
    const { domain, ...others } = atFirst;
    const truststore = await Truststore.create(apis, "shop-truststore");
    const [one, two] = [await truststore.upload(), await truststore.upload()];
    const certificates = {
      certificate_arn: await requestCertificate(apis, "clients.example.com", PRIVATE_AUTHORITY),
      ownership_verification_certificate_arn: await requestCertificate(apis, "clients.example.com"),
    };
    const admitting = (default_endpoint: string, truststore_version: string): Variables => ({
      node_traffic_percent: 100,
      apis: {
        ...others,
        domain: {
          ...(domain as Variables),
          client_mtls: {
            ...{ domain_name: "clients.example.com", ...certificates },
            ...{ truststore_uri: truststore.uri, truststore_version, default_endpoint },
          },
        },
      },
    });
    const entrances = async () => {
      const domainName = "clients.example.com";
      const { mutualTlsAuthentication } = await apis.apiGateway.getDomainName({ domainName });
      const { items } = await apis.apiGateway.getBasePathMappings({ domainName });
      const { name, disableExecuteApiEndpoint } = await apis.apiGateway.getRestApi({ restApiId: ids.domain });
      const { deploymentId } = await stageOf(ids.domain);
      const { status } = await fetch(`${apis.stageUrl(ids.domain, "live")}/orders`);
      const isForbidden = status === 403;
      return { mutualTlsAuthentication, items, name, disableExecuteApiEndpoint, deploymentId, isForbidden };
    };
    const mapped = { items: [{ basePath: "(none)", restApiId: ids.domain, stage: "live" }], name: "shop" };
    const served = new Set<string | undefined>();
    for (const [endpoint, truststoreVersion, deployments] of [
      ["owner", one, 1],
      ["disabled", one, 2],
      ["disabled", two, 2],
      ["enabled", two, 3],
    ] as const) {
      const step = admitting(endpoint, truststoreVersion);
      await root.apply(step);
      expect(await root.changes(step)).toEqual([]);
      const { deploymentId, ...others } = await entrances();
      expect(others).toEqual({
        ...{ ...mapped, disableExecuteApiEndpoint: endpoint === "disabled", isForbidden: endpoint === "disabled" },
        mutualTlsAuthentication: { truststoreUri: truststore.uri, truststoreVersion },
      });
      expect(served.add(deploymentId).size).toBe(deployments);
    }
    // What takes it back is in the state until somebody removes it.
    await expect(root.plan({ node_traffic_percent: 100 })).rejects.toThrow("lifecycle.prevent_destroy");
    await root.forget('module.wallarm_routing["domain"].aws_api_gateway_rest_api.adopted[0]');
    await expectApplied(100);
    await expect(entrances()).rejects.toThrow("Invalid domain name identifier specified");
  }, 400_000);

  test("an owner who imports the document with the output goes to the node, and the warning ends", async () => {
    const { openapi_integrations: pasted } = await root.outputs<{
      openapi_integrations: Record<string, Record<string, object>>;
    }>();
    await importDocument(pasted.document?.["ANY /{proxy+}"] ?? {});
    expect((await integrations()).document).toEqual(toNode());
    expect(warnings(await root.plan({ node_traffic_percent: 100 }))).toEqual([]);
  });

  test("at 0 again, and released, the APIs are as they were", async () => {
    await importDocument({ uri: "https://shop.example.com/{proxy}" });
    await expectApplied(0);
    const main = await root.read("main.tf");
    await release({ node_traffic_percent: 0 });
    expect(await integrations()).toEqual(before);
    const { items: mappings = [] } = await apis.apiGateway.getBasePathMappings({ domainName: "api.example.com" });
    expect(mappings).toEqual([{ basePath: "shop", restApiId: ids.domain, stage: "live" }]);
    const stages = await Promise.all([ids.variables, ids.domain, ids.private].map(stageOf));
    expect(stages.map(({ deploymentId }) => deploymentId)).toEqual(deployments);
    await root.write("main.tf", main);
  });

  test("with an adopted API gone, the release works; with another one gone, a destroy with -refresh=false", async () => {
    const { domain, document } = await calls();
    const main = await root.read("main.tf");
    const adopted = { node_traffic_percent: 100, apis: { domain } };
    await root.apply(adopted);
    await apis.apiGateway.deleteBasePathMapping(ownersMapping);
    await apis.apiGateway.deleteRestApi({ restApiId: ids.domain });
    await release(adopted);

    await root.write("main.tf", main);
    const pasted = { node_traffic_percent: 100, apis: { document } };
    await root.apply(pasted);
    await apis.apiGateway.deleteRestApi({ restApiId: ids.document });
    await expect(root.destroy(pasted)).rejects.toThrow("data.aws_api_gateway_export.stage");
    await root.destroy(pasted, "-refresh=false");
    expect(JSON.parse(await root.state())).toMatchObject({ resources: [] });
  });

  /** In place of the module block, the blocks of the README. */
  async function release(variables: Variables): Promise<void> {
    await root.edit(
      "main.tf",
      (text) => `${text.slice(0, text.indexOf("locals {"))}\n${removedBlocks("api-gateway-rest")}`,
    );
    await root.apply(variables);
  }

  async function importDocument(integration: object): Promise<void> {
    const restApiId = ids.document;
    const paths = greedy(integration);
    const body = Buffer.from(JSON.stringify({ openapi: "3.0.1", info: { title: "shop", version: "1" }, paths }));
    await apis.apiGateway.putRestApi({ restApiId, mode: "overwrite", body });
    await connect(restApiId, integration);
    await apis.apiGateway.createDeployment({ restApiId, stageName: "live" });
  }
});
