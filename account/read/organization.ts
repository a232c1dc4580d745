import { ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { ClientSettings } from "./access";
import { described } from "./reader";

export interface Account {
  readonly id: string;
  /** Null: the account is active. Otherwise the reason why it cannot be read, such as "SUSPENDED". */
  readonly state: string | null;
}

/**
 * The accounts of the organization, a page at a time.
 * @throws Error with what to do, when a page cannot be read
 */
export async function* accountsOfOrganization(clientSettings: ClientSettings): AsyncGenerator<Account> {
  const client = new OrganizationsClient(clientSettings);
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListAccountsCommand({ NextToken })).catch((error: unknown) => {
      throw new Error(
        `The accounts of the organization cannot be listed: organizations:ListAccounts: ${described(error)}. Use credentials of the management account or of a delegated administrator, or list the account IDs in --accounts.`,
      );
    });
    for (const { Id = "", Status } of page.Accounts ?? [])
      yield { id: Id, state: Status === undefined || Status === "ACTIVE" ? null : Status };
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
}
