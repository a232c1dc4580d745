/** Reads an account call by call. A call that fails is noted, and the reading goes on. */
import * as z from "zod";
import { Digest } from "../schema/digest";
import { Unread } from "../snapshot";

/** An operation that lists or gets, with what is kept of its answer. */
export interface Call<Client, Input extends object, Item> {
  /** As IAM or the API calls it: "ec2:DescribeVpcs". */
  readonly action: string;
  /** The IAM action, if it has another name. */
  readonly permission?: string;
  send(client: Client, input: Input): Promise<object>;
  /** The name of the list in an answer. Without it, the answer is the item. */
  readonly list?: string;
  readonly item: z.ZodType<Item>;
  readonly pages?: Pages;
}

/** Where an answer has the token of the next page, and where the next request gives it. */
export type Pages = readonly [answer: string, request: string];

/** A call of a service whose client it takes, typed. */
export function callsOf<Client>() {
  return <Input extends object, Item>(call: Call<Client, Input, Item>): Call<Client, Input, Item> => call;
}

/** Told at the start and end of each call. */
export type Progress = (change: "started" | "ended") => void;

/** What the readers of all services of an account and Region share. */
export interface Reading {
  readonly unread: Unread[];
  readonly digest: Digest;
  readonly progress: Progress;
}

/** Calls at the same time, for a service. AWS throttles the calls of a service in an account and Region. */
const CONCURRENCY = 8;

/** More pages than any account has: a token that leads in a circle ends here. */
const MOST_PAGES = 10_000;

/** An error whose message shows nothing of an answer. */
export class ReadError extends Error {}

export class Reader<Client> {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  public constructor(
    private readonly client: Client,
    public readonly reading: Reading,
  ) {}

  /** All items, or those that came before a page could not be read. */
  public async list<Input extends object, Item>(
    call: Call<Client, Input, Item>,
    input: Input,
    resource: string | null = null,
  ): Promise<Item[]> {
    const found: Item[] = [];
    await this.noting(call, resource, async () => {
      let request = input;
      const tokens = new Set<unknown>();
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer: Readonly<Record<string, unknown>> = { ...(await this.send(call, request)) };
        const items = call.list === undefined ? [answer] : answer[call.list];
        for (const item of Array.isArray(items) ? items : []) this.keep(call, item, resource, found);
        const token = call.pages && answer[call.pages[0]];
        if (call.pages === undefined || token === undefined || token === "") return;
        if (tokens.has(token)) throw new ReadError("The next page has the token of an earlier one.");
        tokens.add(token);
        request = { ...request, [call.pages[1]]: token };
      }
      throw new ReadError(`There are more than ${MOST_PAGES} pages.`);
    });
    return found;
  }

  /** The one item that the call answers with, or undefined if it could not be read. */
  public async get<Input extends object, Item>(
    call: Call<Client, Input, Item>,
    input: Input,
    resource: string | null = null,
  ): Promise<Item | undefined> {
    const [item] = await this.list(call, input, resource);
    return item;
  }

  /** What the document has of an answer, or undefined if it cannot be made from it. */
  public converted<Item>(
    call: Pick<Call<Client, never, unknown>, "action">,
    resource: string | null,
    schema: z.ZodType<Item>,
    convert: () => unknown,
  ): Item | undefined {
    const found: Item[] = [];
    try {
      this.keep({ action: call.action, item: schema }, convert(), resource, found);
    } catch (error) {
      this.reading.unread.push({ action: call.action, resource, error: described(error) });
    }
    return found[0];
  }

  private async noting(
    { action }: { action: string },
    resource: string | null,
    read: () => Promise<void>,
  ): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.reading.unread.push({ action, resource, error: described(error) });
    }
  }

  private keep<Item>(
    { action, item: schema }: Pick<Call<Client, never, Item>, "action" | "item">,
    item: unknown,
    resource: string | null,
    found: Item[],
  ): void {
    const { data, error } = schema.safeParse(item);
    if (error === undefined) {
      found.push(data);
      return;
    }
    // Paths only: a value may be a secret.
    const places = error.issues.map(({ path }) => path.join("."));
    this.reading.unread.push({ action, resource, error: `The answer is unexpected at ${places.join(", ")}.` });
  }

  private async send<Input extends object, Item>(call: Call<Client, Input, Item>, input: Input): Promise<object> {
    if (this.running >= CONCURRENCY) await new Promise<void>((resume) => this.waiting.push(resume));
    this.running++;
    this.reading.progress("started");
    try {
      return await call.send(this.client, input);
    } finally {
      this.reading.progress("ended");
      this.running--;
      this.waiting.shift()?.();
    }
  }
}

/** An error of AWS or of the network. A parser's message shows a part of the answer, so only its name is kept. */
export function described(error: unknown): string {
  if (!(error instanceof Error)) return "Unknown error";
  const { code, $metadata, $fault } = error as Partial<Record<"code" | "$fault", unknown>> & {
    $metadata?: { httpStatusCode?: number };
  };
  if (error instanceof ReadError) return error.message;
  if ($fault !== undefined) return `${error.name}: ${error.message} (HTTP ${$metadata?.httpStatusCode ?? "unknown"})`;
  return typeof code === "string" ? `${code}: no answer` : `${error.name}: the answer cannot be read`;
}
