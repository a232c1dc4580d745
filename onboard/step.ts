/** What others must do, by when. */
export interface Steps {
  readonly beforeApply: readonly Step[];
  readonly beforeCutover: readonly Step[];
  readonly atCutover: readonly Step[];
}

export interface Step {
  readonly title: string;
  readonly text: string;
  /** You or the owner of the node do it, or look whether anything is to do. No other owner has to act. */
  readonly isYours?: boolean;
}
