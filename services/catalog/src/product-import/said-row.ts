/** What is wrong with a row, and where. */
export interface RowError {
  field: string;
  detail: string;
}

/** What one row of a file says, before it is looked at. */
export interface SaidRow {
  line: number;
  said: Readonly<Record<string, unknown>>;
  errors: RowError[];
}
