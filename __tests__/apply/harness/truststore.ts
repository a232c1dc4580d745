import { S3 } from "@aws-sdk/client-s3";
import { connection, type LocalServer } from "./local-server";

/** The certificates of those who issue client certificates, in a bucket that keeps all versions. */
export class Truststore {
  private constructor(
    private readonly s3: S3,
    private readonly bucket: string,
  ) {}

  static async create({ endpoint }: LocalServer, bucket: string): Promise<Truststore> {
    const s3 = new S3({ ...connection(endpoint), forcePathStyle: true });
    await s3.createBucket({ Bucket: bucket });
    await s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } });
    return new Truststore(s3, bucket);
  }

  get uri(): string {
    return `s3://${this.bucket}/clients.pem`;
  }

  /** @returns the ID of the new version */
  async upload(): Promise<string> {
    const object = { Bucket: this.bucket, Key: "clients.pem", Body: "clients" };
    return String((await this.s3.putObject(object)).VersionId);
  }
}
