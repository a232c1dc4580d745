/** Where somebody connects from: from the internet, only public addresses can be reached. */
export const VANTAGES = ["internet", "vpc"] as const;
export type Vantage = (typeof VANTAGES)[number];
