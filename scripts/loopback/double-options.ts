/** What every double takes. Without a state directory it forgets everything on close. */
export type DoubleOptions = {
  /** 0 or absent: any free port. */
  port?: number | undefined;
  host?: string | undefined;
  stateDirectory?: string | undefined;
  log?: ((line: string) => void) | undefined;
  now?: (() => Date) | undefined;
};
