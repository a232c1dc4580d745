import { APIGateway, type CreateDomainNameCommandInput } from "@aws-sdk/client-api-gateway";
import { PRIVATE_AUTHORITY, requestCertificate } from "../../harness/certificate";
import type { LocalRestApis } from "../../harness/local-rest-apis";
import { connection } from "../../harness/local-server";
import { OTHER_ACCOUNT } from "../../harness/other-account";
import { createRestApi, type RestApi } from "../../harness/rest-api";
import { Truststore } from "../../harness/truststore";
import { keeping } from "./keeping";

let names = 0;

/** What rows about REST APIs need around their calls. One serves them all, because certificates and APIs take long. */
export class RestWorld {
  readonly apiGateway: APIGateway;

  private readonly once = keeping();

  constructor(readonly apis: LocalRestApis) {
    this.apiGateway = apis.apiGateway;
  }

  /** Of another account. */
  get otherApiGateway(): APIGateway {
    const credentials = { accessKeyId: OTHER_ACCOUNT, secretAccessKey: "test" };
    return new APIGateway({ ...connection(this.apis.endpoint), credentials });
  }

  name(): string {
    return `row-${++names}`;
  }

  certificate(domainName = "*.example.com"): Promise<string> {
    return this.once(domainName, () => requestCertificate(this.apis, domainName));
  }

  privateCertificate(): Promise<string> {
    return this.once("private", () => requestCertificate(this.apis, "*.example.com", PRIVATE_AUTHORITY));
  }

  async mutualTls() {
    const truststore = await Truststore.create(this.apis, this.name());
    return { truststoreUri: truststore.uri, truststoreVersion: await truststore.upload() };
  }

  /** A Regional one, whose clients need no certificate. @returns its name */
  async domain(changes: Partial<CreateDomainNameCommandInput> = {}): Promise<string> {
    const domainName = `${this.name()}.example.com`;
    await this.apiGateway.createDomainName({
      ...{ domainName, endpointConfiguration: { types: ["REGIONAL"] }, securityPolicy: "TLS_1_2" },
      ...("regionalCertificateArn" in changes ? {} : { regionalCertificateArn: await this.certificate() }),
      ...changes,
    });
    return domainName;
  }

  /** One whose clients need a certificate. @returns its name */
  async domainOfClients(changes: Partial<CreateDomainNameCommandInput> = {}): Promise<string> {
    return this.domain({ mutualTlsAuthentication: await this.mutualTls(), ...changes });
  }

  /** With the stage `live`. */
  api(): Promise<RestApi> {
    return this.once("api", () => this.newApi());
  }

  newApi(): Promise<RestApi> {
    return createRestApi(this.apis, "https://shop.example.com");
  }

  /** From a domain to the stage `live` of an API. */
  async mapping(changes: Partial<Mapping> = {}): Promise<Mapping> {
    const { domainName = await this.domain(), restApiId = (await this.api()).id } = changes;
    const mapping = { stage: "live", ...changes, domainName, restApiId };
    await this.apiGateway.createBasePathMapping(mapping);
    return mapping;
  }
}

interface Mapping {
  readonly domainName: string;
  readonly restApiId: string;
  readonly stage: string;
  readonly basePath?: string;
}
