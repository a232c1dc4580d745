import { IResolvable, ITerraformDependable, TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { ObjectField } from "../../contract/field";
import { ROUTING, VERSION } from "../../contract/routing";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { override } from "../../synth/language/expression/override";
import { Validation } from "../../synth/language/expression/validation";
import { Application } from "./application";

/** A field of the contract in HCL: a value, the fields of an object, or an expression for either. */
type Written<F> =
  | IResolvable
  | (F extends { readonly type: "object"; readonly fields: infer Inner }
      ? WrittenFields<Inner>
      : F extends { readonly type: "string" }
        ? string
        : F extends { readonly type: "number" }
          ? number
          : F extends { readonly type: "bool" }
            ? boolean
            : never);

/** Nullable fields can be left out. */
type WrittenFields<F> = {
  readonly [Name in keyof F as F[Name] extends { readonly nullable: true } ? never : Name]: Written<F[Name]>;
} & {
  readonly [Name in keyof F as F[Name] extends { readonly nullable: true } ? Name : never]?: Written<F[Name]>;
};

export interface RoutingContractProps extends Omit<WrittenFields<typeof ROUTING.fields>, "schema_version"> {
  /** Preconditions of the contract. */
  readonly preconditions?: Validation[];
  /** Resources that move the traffic, if the entry points do not refer to them. */
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * The module's contract with tools, in the state and in the plan. Callers get the input, which is known at plan. The output
 * is unknown at plan whenever a value in it changes.
 */
export class RoutingContract extends Construct {
  public readonly resource: TerraformResource;

  public constructor(scope: Construct, id: string, { preconditions, dependsOn, ...values }: RoutingContractProps) {
    super(scope, id);
    this.resource = comment(
      new TerraformResource(this, "routing", {
        terraformResourceType: "terraform_data",
        dependsOn,
        lifecycle: preconditions && { precondition: preconditions },
      }),
      "Other modules and tools read this from the output `routing`, the plan, or the state. It follows the resources that move the traffic, so a module that takes routing changes the network only after the traffic has moved.",
    );
    override(this.resource, { input: written(ROUTING, { ...values, schema_version: VERSION }) });
  }
}

/** Every module has the same fields. A field without a value is null. */
function written({ fields }: ObjectField, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = values[name];
      const isFields = field.type === "object" && value !== undefined && !Token.isUnresolved(value);
      return [name, isFields ? written(field, value as Record<string, unknown>) : (value ?? null)];
    }),
  );
}

/** Account and Region of an ARN. */
export function ofArn(arn: IResolvable | string) {
  return { account_id: hcl`split(":", ${arn})[4]`, region: hcl`split(":", ${arn})[3]` };
}

/** The same for an ARN that may be null. Both are then null. */
export function ofArnIfAny(arn: IResolvable) {
  const { account_id, region } = ofArn(arn);
  return { account_id: hcl`try(${account_id}, null)`, region: hcl`try(${region}, null)` };
}

/** ARN suffix of the load balancer of a listener; null without a listener. */
export function loadBalancerArnSuffix(listenerArn: IResolvable | string): IResolvable {
  return hcl`try(regex("listener/(.+)/[^/]+$", ${listenerArn})[0], null)`;
}

/** The application in the contract. The variable `application` may be null. */
export function applicationFields(application: Application) {
  return {
    security_group_id: hcl`one(${application}[*].security_group_id)`,
    ports: hcl`one(${application}[*].ports)`,
  };
}
