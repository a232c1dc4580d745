/** "shop-backend", of the load balancer behind the node: as the module takes it, at most 23 characters. */
export function backendName(name: string): string {
  const suffix = "-backend";
  const base = name
    .replace(/-wallarm$/, "")
    .slice(0, 23 - suffix.length)
    .replace(/-+$/, "");
  return `${base}${suffix}`;
}
