import {
  dependable,
  ITerraformDependable,
  IResolvable,
  TerraformBackend,
  TerraformElement,
  TerraformOutput,
  TerraformProvider,
  TerraformStack,
} from "cdktf";
import { deepMerge } from "cdktf/lib/util";
import { Construct } from "constructs";
import { resolve } from "../language/expression/resolve";
import { Validation } from "../language/expression/validation";
import { JsonObject } from "../language/print/hcl";
import { Optional, ReferenceTo, Schema, schemaOf } from "../variables/schema";
import { Variable } from "../variables/variable";
import { Declaration, declarations, Fragment } from "./declarations";
import { requireNarrower } from "./version-constraint";

/** A provider that a module needs and its caller configures. */
export interface RequiredProvider {
  /** The provider's name in resource types: "aws". */
  readonly name: string;
  /** Its address: "hashicorp/aws". */
  readonly source: string;
  /** The version constraint: ">= 5.100.0, < 7.0.0". */
  readonly version: string;
  /** What its resources and data sources need, for the module's README. */
  readonly permissions: Permissions;
}

/** IAM actions by type of resource or data source, such as `data.aws_lb_listener`, or by address if the type has several uses. */
export type Permissions = Readonly<Record<string, readonly string[]>>;

export interface ModuleStackProps {
  /** What the module does, in one sentence. */
  readonly summary: string;
  /** Terraform version constraint. @default ">= 1.9", the first in which a validation may refer to other variables */
  readonly terraformVersion?: string;
  readonly providers: readonly RequiredProvider[];
}

export interface OutputOptions {
  /** What must be true of the value before a caller gets it. */
  readonly precondition?: Validation;
  /** Resources that must exist before a caller gets the value, if the value does not refer to them. */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * A stack that synthesizes to a reusable module: no backend, no provider configuration, and resources named by their
 * construct id alone, wherever in the tree of parts they are. What stands before a dot in an id is not in the name, and tells
 * constructs of one name apart: the ids "key.notifications" and "topic.notifications".
 */
export abstract class ModuleStack extends TerraformStack {
  public readonly summary: string;
  public readonly terraformVersion: string;
  public readonly providers: readonly RequiredProvider[];
  private synthesized: JsonObject | undefined;
  private declared: readonly Declaration[] | undefined;
  private resolved: readonly Fragment[] | undefined;

  public constructor(scope: Construct, id: string, props: ModuleStackProps) {
    super(scope, id);
    this.summary = props.summary;
    this.terraformVersion = props.terraformVersion ?? ">= 1.9";
    this.providers = props.providers;
    this.addOverride("terraform.required_version", this.terraformVersion);
    props.providers.forEach((provider) => new ProviderRequirement(this, provider));
    this.node.addValidation({ validate: () => duplicateAddresses(this) });
  }

  /**
   * A file of the module, for parts that share it. A part directly below the stack has a file of its own, called by its id;
   * "main" is the core of the module, with what the stack itself declares.
   */
  protected file(name: string): Construct {
    return new Construct(this, name);
  }

  /**
   * Declares an input variable.
   * @returns the reference to it
   */
  protected variable<Declaration extends Schema | Optional>(
    name: string,
    declaration: Declaration,
  ): ReferenceTo<Declaration> {
    new Variable(this, name, declaration);
    return schemaOf(declaration).reference(`var.${name}`) as ReferenceTo<Declaration>;
  }

  /** The input variables, in their order. */
  public get inputs(): readonly Variable[] {
    return this.node.children.filter((child): child is Variable => child instanceof Variable);
  }

  protected output(
    name: string,
    description: string,
    value: IResolvable | string,
    { precondition, dependsOn }: OutputOptions = {},
  ): void {
    const output = new TerraformOutput(this, `output.${name}`, { value, description });
    // CDKTF writes these addresses as interpolations, which Terraform refuses.
    if (dependsOn !== undefined) output.addOverride("depends_on", dependsOn.map(dependable));
    // CDKTF takes a precondition and synthesizes none.
    if (precondition !== undefined)
      output.addOverride("precondition", {
        condition: precondition.condition,
        error_message: precondition.errorMessage,
      });
  }

  /** An output of which Terraform is to show nothing. */
  protected sensitiveOutput(name: string, description: string, value: IResolvable): void {
    new TerraformOutput(this, `output.${name}`, { value, description: `${description} Sensitive.`, sensitive: true });
  }

  /**
   * Replaces the version constraint of a required provider.
   * @throws when it admits versions that the module does not
   */
  public narrowProvider(name: string, constraint: string): void {
    const provider = this.providers.find((one) => one.name === name);
    if (provider === undefined) return;
    requireNarrower(constraint, provider.version);
    this.addOverride(`terraform.required_providers.${name}.version`, constraint);
  }

  /** CDKTF would add a local backend with an absolute path of this machine; a module has none. */
  public override ensureBackendExists(): TerraformBackend {
    return undefined as unknown as TerraformBackend;
  }

  /** CDKTF would resolve everything once more, for references to other stacks; a module refers to none. */
  public override prepareStack(): void {
    // Nothing to prepare.
  }

  /** The construct id, or what stands behind a dot in it. CDKTF would hash the path of the construct into the name. */
  protected override allocateLogicalId({ node }: TerraformElement): string {
    return node.id.slice(node.id.lastIndexOf(".") + 1);
  }

  /** What the constructs declare, in the order in which they were made: the order of a reader. */
  public get declarations(): readonly Declaration[] {
    this.declared ??= declarations(this.fragments);
    return this.declared;
  }

  /** CDKTF's own would resolve everything once more when it is put together. */
  public override toTerraform(): JsonObject {
    this.synthesized ??= deepMerge(
      this.metadata(),
      ...this.fragments.map(({ json }) => json),
      resolve(this["rawOverrides"], this),
    ) as JsonObject;
    return this.synthesized;
  }

  /** The CDKTF command reads it, and Terraform skips it. */
  private metadata(): JsonObject {
    const version = this.node.tryGetContext("cdktfVersion") as string;
    return { "//": { metadata: { version, stackName: this.node.id, backend: "local" } } };
  }

  /** Resolved once, when the stack is complete: the validation, the JSON, the HCL and the README are made from them. */
  private get fragments(): readonly Fragment[] {
    this.resolved ??= this.node
      .findAll()
      .filter((construct) => TerraformElement.isTerraformElement(construct))
      .map((element) => ({
        element,
        json: resolve(withoutMetadata(element.toTerraform() as object), this) as JsonObject,
      }));
    return this.resolved;
  }
}

/** Adds the provider to `required_providers`. Its configuration, which CDKTF would add, is the caller's affair. */
class ProviderRequirement extends TerraformProvider {
  public constructor(
    scope: Construct,
    private readonly provider: RequiredProvider,
  ) {
    super(scope, `provider-${provider.name}`, {
      terraformResourceType: provider.name,
      terraformGeneratorMetadata: { providerName: provider.name, providerVersionConstraint: provider.version },
      terraformProviderSource: provider.source,
    });
  }

  public override toTerraform(): object {
    const { name, source, version } = this.provider;
    return { terraform: { required_providers: { [name]: { source, version } } } };
  }
}

/** Drops what CDKTF notes about a construct, which is in the body of its resource or data source. */
function withoutMetadata(json: Partial<Record<"resource" | "data", BodiesByType>>): object {
  for (const byType of [json.resource ?? {}, json.data ?? {}])
    for (const byName of Object.values(byType)) for (const body of Object.values(byName)) delete body["//"];
  return json;
}

type BodiesByType = Readonly<Record<string, Readonly<Record<string, { "//"?: object }>>>>;

/** Names are the construct ids, so two constructs in different parts could claim one address; CDKTF would merge them. */
function duplicateAddresses(stack: ModuleStack): string[] {
  const addresses = stack.declarations.map(({ kind, labels }) => [kind, ...labels].join("."));
  return [...new Set(addresses.filter((address, index) => addresses.indexOf(address) !== index))].map(
    (address) => `${address} is declared twice in the module ${stack.node.id}: give one of the constructs another id.`,
  );
}
