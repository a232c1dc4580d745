/** What cannot be onboarded, with the way out. Nothing is written. */
export class Refusal extends Error {}
