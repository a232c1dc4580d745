/** "shop-wallarm": what resources are named after an application. The modules take at most 23 characters. */
export function resourceName(application: string): string {
  return `${application.slice(0, 15).replace(/-+$/, "")}-wallarm`;
}
