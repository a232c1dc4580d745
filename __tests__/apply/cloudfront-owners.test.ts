import type { DistributionConfig, Origin } from "@aws-sdk/client-cloudfront";
import { describeInTestAll } from "../test-all";
import { LocalAws } from "./harness/local-aws";
import { meaningful } from "./harness/meaningful";
import { resourceChanges, warnings } from "./harness/plan";
import { removedBlocks } from "./harness/release";
import { TerraformRoot, type Variables } from "./harness/terraform";
import { unsupportedSettings } from "./harness/unsupported-settings";

const OAI = { origin_access_identity: "origin-access-identity/cloudfront/E127EXAMPLE51Z" };
const SECRET = { HeaderName: "X-CloudFront-Secret", HeaderValue: "00000000000000000000000000000001" };
const ADOPTED = "module.wallarm_routing.aws_cloudfront_distribution.adopted[0]";

interface OwnerOutputs {
  readonly distribution_id: string;
  readonly origin_access_control_id?: string;
}

interface Owner {
  readonly folder: string;
  /** The origins of the distribution, as the module takes them. */
  readonly origins: (outputs: OwnerOutputs) => Variables;
  /** Origins that the node serves at 100 percent, and the protocol that CloudFront uses to it. */
  readonly byNode: Readonly<Record<string, "https-only">>;
}

/** Distributions as public modules and examples make them, in Terraform of their own. */
const owners: readonly Owner[] = [
  {
    folder: "s3-and-api",
    origins: ({ origin_access_control_id }) => ({
      site: { domain_name: "site.s3.eu-central-1.amazonaws.com", served_by: "other", origin_access_control_id },
      legacy: { domain_name: "legacy.s3.eu-central-1.amazonaws.com", served_by: "other", s3_origin_config: OAI },
      api: {
        domain_name: "api.example.com",
        origin_path: "/prod",
        custom_headers: { "X-Api-Key": "secret" },
        custom_origin_config: {},
      },
    }),
    byNode: { api: "https-only" },
  },
  {
    folder: "behaviors",
    origins: () => ({
      "load-balancer": {
        domain_name: "shop-1234567890.eu-central-1.elb.amazonaws.com",
        connection_attempts: 2,
        connection_timeout: 4,
        origin_shield_region: "eu-central-1",
        custom_origin_config: {
          http_port: 8080,
          https_port: 8443,
          origin_ssl_protocols: ["TLSv1.1", "TLSv1.2"],
          origin_read_timeout: 60,
          origin_keepalive_timeout: 55,
        },
      },
    }),
    byNode: { "load-balancer": "https-only" },
  },
  {
    folder: "origin-groups",
    origins: () => {
      const custom_origin_config = { origin_protocol_policy: "http-only", origin_read_timeout: 20 };
      const node = { origin_protocol_policy: "https-only" };
      return {
        primary: { domain_name: "eu.example.com", custom_origin_config, node },
        secondary: {
          domain_name: "us.example.com",
          custom_origin_config,
          node: { ...node, domain_name: "us-node.example.com" },
        },
        errors: { domain_name: "errors.s3.eu-central-1.amazonaws.com", served_by: "other", s3_origin_config: OAI },
      };
    },
    byNode: { primary: "https-only", secondary: "https-only" },
  },
  {
    folder: "continuous-deployment",
    origins: () => ({
      shop: {
        domain_name: "shop.example.com",
        custom_origin_config: { origin_protocol_policy: "match-viewer" },
        node: { origin_protocol_policy: "https-only" },
      },
    }),
    byNode: { shop: "https-only" },
  },
  {
    folder: "waf-and-geo",
    origins: () => ({
      shop: {
        domain_name: "origin.example.com",
        custom_headers: { "X-Origin-Verify": "by the owner" },
        custom_origin_config: {},
      },
    }),
    byNode: { shop: "https-only" },
  },
];

describeInTestAll(["terraform", "moto_server", "aws"], "other people's distributions", () => {
  let aws: LocalAws;

  beforeAll(async () => {
    aws = await LocalAws.start();
  });

  afterAll(() => aws.stop());

  async function distribution(id: string): Promise<DistributionConfig> {
    const { DistributionConfig: config } = await aws.cloudFront.getDistributionConfig({ Id: id });
    if (config === undefined) throw new Error(`The API has no distribution ${id}.`);
    return config;
  }

  /** An owner's distribution, and a root that adopts it. */
  async function adoption({ folder, origins }: Owner) {
    const owner = await TerraformRoot.init(aws, `__tests__/apply/roots/cloudfront-owners/${folder}`);
    await owner.apply();
    const outputs = await owner.outputs<OwnerOutputs>();
    const id = outputs.distribution_id;
    const root = await TerraformRoot.init(aws, "__tests__/apply/roots/cloudfront", {
      distribution_id: id,
      unsupported_settings: await unsupportedSettings(aws.endpoint, id),
      origins: origins(outputs),
    });
    return { owner, id, root, before: await distribution(id) };
  }

  /** As the runbook says. */
  async function release(root: TerraformRoot): Promise<void> {
    await root.write("main.tf", removedBlocks("cloudfront"));
    await root.apply({ node_traffic_percent: 0 });
  }

  function cycle(kind: Owner): void {
    let adopted: Awaited<ReturnType<typeof adoption>>;

    beforeAll(async () => {
      adopted = await adoption(kind);
    });

    test("the import at 0 percent changes nothing", async () => {
      const plan = await adopted.root.plan({ node_traffic_percent: 0 });
      expect(resourceChanges(plan)).toEqual([
        `import ${ADOPTED}`,
        "create module.wallarm_routing.terraform_data.routing",
      ]);
      await adopted.root.applyPlan();
      expect(await distribution(adopted.id)).toEqual(adopted.before);
      expect(await adopted.owner.changes()).toEqual([]);
    });

    test("at 100 percent, only names and headers of the node's origins change", async () => {
      const plan = await adopted.root.plan({ node_traffic_percent: 100 });
      expect(warnings(plan)).toEqual([]);
      await adopted.root.applyPlan();
      expect(await adopted.root.changes({ node_traffic_percent: 100 })).toEqual([]);

      const after = await distribution(adopted.id);
      expect(meaningful({ ...after, Origins: undefined })).toEqual(
        meaningful({ ...adopted.before, Origins: undefined }),
      );
      expect(meaningful(after.Origins?.Items)).toEqual(meaningful((adopted.before.Origins?.Items ?? []).map(withNode)));
    });

    test("back at 0 percent, the distribution is as it was, and its owner's plan is empty", async () => {
      await adopted.root.apply({ node_traffic_percent: 0 });
      expect(await adopted.root.changes({ node_traffic_percent: 0 })).toEqual([]);
      expect(meaningful(await distribution(adopted.id))).toEqual(meaningful(adopted.before));
      expect(await adopted.owner.changes()).toEqual([]);
    });

    test("and so it is after the release", async () => {
      await release(adopted.root);
      expect(meaningful(await distribution(adopted.id))).toEqual(meaningful(adopted.before));
      expect(await adopted.owner.changes()).toEqual([]);
    });

    function withNode(origin: Origin): Origin {
      const protocol = kind.byNode[String(origin.Id)];
      if (protocol === undefined || origin.CustomOriginConfig === undefined) return origin;
      const Items = [...(origin.CustomHeaders?.Items ?? []), SECRET];
      return {
        ...origin,
        DomainName: origin.Id === "secondary" ? "us-node.example.com" : "node.example.com",
        CustomHeaders: { Quantity: Items.length, Items },
        CustomOriginConfig: { ...origin.CustomOriginConfig, OriginProtocolPolicy: protocol },
      };
    }
  }

  describe.each(owners)("$folder", cycle);

  describe("while somebody else changes the distribution", () => {
    const kind = owners.find(({ folder }) => folder === "continuous-deployment");
    if (kind === undefined) throw new Error("There is no such owner.");
    let adopted: Awaited<ReturnType<typeof adoption>>;

    beforeAll(async () => {
      adopted = await adoption(kind);
      await adopted.root.apply({ node_traffic_percent: 100 });
    });

    async function change(edit: (config: DistributionConfig) => DistributionConfig): Promise<void> {
      const { DistributionConfig: config, ETag } = await aws.cloudFront.getDistributionConfig({ Id: adopted.id });
      if (config === undefined) throw new Error("The API has no such distribution.");
      await aws.cloudFront.updateDistribution({ Id: adopted.id, IfMatch: ETag, DistributionConfig: edit(config) });
    }

    test("destroy at 100 percent is refused, and deletes nothing", async () => {
      const before = await distribution(adopted.id);
      await expect(adopted.root.destroy({ node_traffic_percent: 100 })).rejects.toThrow("lifecycle.prevent_destroy");
      expect(await distribution(adopted.id)).toEqual(before);
    });

    test("what is not an origin is theirs, and the way back keeps it", async () => {
      await change((config) => ({ ...config, Comment: "Changed", PriceClass: "PriceClass_200" }));
      expect(await adopted.root.changes({ node_traffic_percent: 100 })).toEqual([]);
      await adopted.root.apply({ node_traffic_percent: 0 });
      expect(await distribution(adopted.id)).toMatchObject({ Comment: "Changed", PriceClass: "PriceClass_200" });
    });

    test("a changed origin is shown, and goes back to what the caller lists", async () => {
      await change((config) => withOrigins(config, (origin) => ({ ...origin, OriginPath: "/new" })));
      expect(resourceChanges(await adopted.root.plan({ node_traffic_percent: 0 }))).toEqual([
        `update ${ADOPTED}: origin`,
      ]);
    });

    test("an origin that the caller does not list is refused while it is used, and the release keeps it", async () => {
      await change((config) => {
        const [shop] = config.Origins?.Items ?? [];
        if (shop === undefined || config.DefaultCacheBehavior === undefined) throw new Error("There is no origin.");
        const behavior = { ...config.DefaultCacheBehavior, TargetOriginId: "new", PathPattern: "/new/*" };
        return {
          ...config,
          Origins: { Quantity: 2, Items: [shop, { ...shop, Id: "new" }] },
          CacheBehaviors: { Quantity: 1, Items: [behavior] },
        };
      });
      await expect(adopted.root.plan({ node_traffic_percent: 0 })).rejects.toThrow(
        `origins does not list new, which the distribution ${adopted.id} uses`,
      );
      const changed = await distribution(adopted.id);
      await release(adopted.root);
      expect(await distribution(adopted.id)).toEqual(changed);
    });
  });

  describe("after somebody else has deleted the distribution", () => {
    const kind = owners.find(({ folder }) => folder === "continuous-deployment");
    if (kind === undefined) throw new Error("There is no such owner.");
    const at100 = { node_traffic_percent: 100 };
    let root: TerraformRoot;

    beforeEach(async () => {
      const adopted = await adoption(kind);
      ({ root } = adopted);
      await root.apply(at100);
      await remove(adopted.id);
    });

    async function remove(Id: string): Promise<void> {
      const { DistributionConfig: config, ETag } = await aws.cloudFront.getDistributionConfig({ Id });
      const disabled = await aws.cloudFront.updateDistribution({
        Id,
        IfMatch: ETag,
        DistributionConfig: config && { ...config, Enabled: false },
      });
      await aws.cloudFront.deleteDistribution({ Id, IfMatch: disabled.ETag });
    }

    async function expectNothingLeft(): Promise<void> {
      expect(JSON.parse(await root.state())).toMatchObject({ resources: [] });
    }

    test("the plan is refused, and the release takes the rest away", async () => {
      await expect(root.plan(at100)).rejects.toThrow(/was not imported|Cannot import non-existent remote object/);
      await release(root);
      await expectNothingLeft();
    });

    test("destroy takes the rest away, too", async () => {
      await root.destroy(at100);
      await expectNothingLeft();
    });
  });
});

function withOrigins(config: DistributionConfig, change: (origin: Origin) => Origin): DistributionConfig {
  const Items = (config.Origins?.Items ?? []).map(change);
  return { ...config, Origins: { Quantity: Items.length, Items } };
}
