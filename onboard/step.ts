/** What others must do, by when. */
export interface Steps {
  readonly beforeApply: readonly Step[];
  readonly beforeCutover: readonly Step[];
  readonly atCutover: readonly Step[];
}

export interface Step {
  readonly title: string;
  readonly text: string;
}
