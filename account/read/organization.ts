import { ListAccountsCommand, ListAccountsResponse, OrganizationsClient } from "@aws-sdk/client-organizations";
import { ClientSettings } from "./access";
import { described, ReadError } from "./reader";

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
  let token: string | undefined;
  do {
    const { Accounts = [], NextToken } = await pageAfter(token, client);
    for (const { Id = "", Status } of Accounts)
      yield { id: Id, state: Status === undefined || Status === "ACTIVE" ? null : Status };
    token = NextToken;
  } while (token !== undefined);
}

async function pageAfter(token: string | undefined, client: OrganizationsClient): Promise<ListAccountsResponse> {
  try {
    const page = await client.send(new ListAccountsCommand({ NextToken: token }));
    // The list would never end.
    if (token !== undefined && page.NextToken === token)
      throw new ReadError("The next page has the token of this one.");
    return page;
  } catch (error) {
    throw new Error(
      `The accounts of the organization cannot be listed: organizations:ListAccounts: ${described(error)}. Use credentials of the management account or of a delegated administrator, or list the account IDs in --accounts.`,
    );
  }
}
