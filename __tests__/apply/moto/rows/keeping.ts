/** Makes something when it is asked for, and keeps it under a name. */
export function keeping(): <T>(what: string, make: () => Promise<T>) => Promise<T> {
  const made = new Map<string, Promise<unknown>>();
  return <T>(what: string, make: () => Promise<T>) => {
    const kept = (made.get(what) as Promise<T> | undefined) ?? make();
    made.set(what, kept);
    return kept;
  };
}
