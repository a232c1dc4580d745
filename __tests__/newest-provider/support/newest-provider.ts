import { join } from "node:path";
import { successorFolder } from "../../successor/support/installation";
import { Bindings } from "./bindings";
import type { Schema } from "./block";
import { type RunningProvider, startProvider } from "./provider";
import { typesInUse } from "./types-in-use";

/** The bindings of the newest AWS provider that we know of. */
export function newestBindings(): Bindings {
  return new Bindings(join(successorFolder(), "node_modules/@cdktf/provider-aws"));
}

/**
 * Has every Terraform command of a suite find the newest AWS provider, as far as bindings can tell what it is.
 *
 * It knows which arguments and attributes there are, their types, and which are required, of the types that files in
 * these folders name. It does not know defaults, how many blocks there may be where that is more than one, which
 * arguments exclude each other, what values AWS takes, or what is sensitive. It accepts a value for an attribute that
 * only the provider may set. Plans have to mock it.
 *
 * Read from it and from the real provider 5.100, 2,578 of the 2,624 arguments and attributes that the latter has of the
 * types in use are the same. The others are changes of provider 6.
 */
export function useNewestProvider(...folders: readonly string[]): void {
  let provider: RunningProvider;

  beforeAll(async () => {
    provider = await startProvider(newestSchema(folders));
    process.env.TF_REATTACH_PROVIDERS = provider.reattach;
  });

  afterAll(async () => {
    delete process.env.TF_REATTACH_PROVIDERS;
    await provider.stop();
  });
}

function newestSchema(folders: readonly string[]): Schema {
  const bindings = newestBindings();
  const { resources, dataSources } = typesInUse(folders);
  return {
    provider: bindings.provider(),
    resources: Object.fromEntries(resources.map((type) => [type, bindings.resource(type)])),
    dataSources: Object.fromEntries(dataSources.map((type) => [type, bindings.dataSource(type)])),
  };
}
