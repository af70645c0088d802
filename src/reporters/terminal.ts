/** Where a console report is read. */
export interface Terminal {
  readonly color: boolean;
  /** In columns. Calls and commands are never broken, so that they can be pasted. */
  readonly width: number;
}
