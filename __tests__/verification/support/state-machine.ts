import jsonata from "jsonata";

/**
 * A state machine in JSONata, as far as the module's needs it.
 * Source: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export interface StateMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly Assign?: unknown;
  readonly Output?: unknown;
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
}

/** A call that a state makes. */
export interface Task {
  /** Such as `aws-sdk:cloudwatchlogs:startQuery`. */
  readonly resource: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Runs a state machine from its first state to its end, without waiting or repeating. @returns the names of its states */
export async function run(machine: StateMachine, input: unknown, perform: (task: Task) => unknown): Promise<string[]> {
  const path: string[] = [];
  let variables: Record<string, unknown> = {};
  let name: string | undefined = machine.StartAt;
  while (name !== undefined) {
    if (path.push(name) > 20) throw new Error(`No end: ${path.join(", ")}`);
    const state: State | undefined = machine.States[name];
    if (state === undefined) throw new Error(`There is no state ${name}.`);
    const evaluate = (value: unknown, states: object) =>
      evaluated(value, { ...variables, states: { input, ...states } });
    name = state.Next;
    if (state.Type === "Choice") {
      name = state.Default;
      for (const choice of [...(state.Choices ?? [])].reverse())
        if ((await evaluate(choice.Condition, {})) === true) name = choice.Next;
    }
    if (state.Type === "Task") {
      try {
        const task = {
          resource: String(state.Resource).replace("arn:aws:states:::", ""),
          arguments: await evaluate(state.Arguments, {}),
        };
        const result = perform(task as Task);
        const assigned = (await evaluate(state.Assign ?? {}, { result })) as object;
        input = state.Output === undefined ? result : await evaluate(state.Output, { result });
        variables = { ...variables, ...assigned };
      } catch (error) {
        if (state.Catch === undefined) throw error;
        input = { Error: "States.TaskFailed", Cause: String(error) };
        name = state.Catch[0]?.Next;
      }
    }
  }
  return path;
}

/** Evaluates the expressions in a value, at any depth. One that gives nothing is an error, as AWS makes it one. */
async function evaluated(value: unknown, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((inner) => evaluated(inner, variables)));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      async ([key, inner]) => [key, await evaluated(inner, variables)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  const [, expression] = /^\{%(.*)%\}$/s.exec(String(value)) ?? [];
  if (expression === undefined) return value;
  const result: unknown = await jsonata(expression).evaluate(null, variables);
  if (result === undefined) throw new Error(`${expression} gives nothing.`);
  return result;
}
