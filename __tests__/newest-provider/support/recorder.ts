/**
 * Stands in for CDKTF below the provider bindings. Where CDKTF has the value of an argument, or a reference to an
 * attribute, this has its type, so that running the bindings' own code tells what a resource consists of. It has what
 * the bindings of the types in use call: for anything else, they throw an error that names it.
 */
import type { Type } from "./block";

/** What an argument is given, as the bindings hand it to CDKTF to be printed. */
export interface Argument {
  readonly value: Type | Each | Arguments;
  /** How it is printed: a block of which there is one at most is a "list" or a "set", too. */
  readonly type: "simple" | "map" | "list" | "set" | "struct";
}

export type Arguments = Readonly<Record<string, Argument>>;

/** Any number of values, or of blocks. */
export class Each {
  public constructor(
    public readonly element: Type | Arguments,
    public readonly areBlocks: boolean,
  ) {}
}

/** A configuration that gives every argument. What is marked by its functions, as write-only, stays what it is. */
export const anything: object = new Proxy(<T>(value: T) => value, { get: () => anything });

/** A resource, data source or block: whatever has attributes. */
export class Element {
  public getStringAttribute(): Type {
    return "string";
  }
  public getNumberAttribute(): Type {
    return "number";
  }
  public getBooleanAttribute(): Type {
    return "bool";
  }
  public getListAttribute(): Type {
    return ["list", "string"];
  }
  public getNumberListAttribute(): Type {
    return ["list", "number"];
  }
  public getStringMapAttribute(): Type {
    return ["map", "string"];
  }
  public getBooleanMapAttribute(): Type {
    return ["map", "bool"];
  }
  public getNumberMapAttribute(): Type {
    return ["map", "number"];
  }
}

export class Provider extends Element {
  public readonly version: string;

  public constructor(
    _scope: unknown,
    _id: string,
    settings: { terraformGeneratorMetadata: { providerVersion: string } },
  ) {
    super();
    this.version = settings.terraformGeneratorMetadata.providerVersion;
  }
}

/** The values of an attribute that are objects. */
export abstract class Elements {
  public constructor(
    public readonly terraformResource: unknown,
    public readonly terraformAttribute: string,
    public readonly wrapsSet: boolean,
  ) {}

  public abstract get(index: number): Element;
}

export class StringMap {}

/** What the bindings import as CDKTF. */
export const cdktf = {
  TerraformProvider: Provider,
  TerraformResource: Element,
  TerraformDataSource: Element,
  ComplexObject: Element,
  ComplexList: Elements,
  StringMap,
  Fn: { tolist: ([, element]: readonly ["list", Type]): Type => ["set", element] },
  Token: { asNumberList: (type: Type): Type => type },

  canInspect: () => true,
  isComplexElement: () => false,
  Tokenization: { isResolvable: () => false },

  stringToHclTerraform: (): Type => "string",
  numberToHclTerraform: (): Type => "number",
  booleanToHclTerraform: (): Type => "bool",
  hashMapperHcl: (element: (value: object) => Type) => (): Type => ["map", element(anything)],
  listMapperHcl: (element: (value: object) => Type | Arguments, areBlocks: boolean) => () =>
    new Each(element(anything), areBlocks),
};
