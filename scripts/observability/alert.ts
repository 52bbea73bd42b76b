/** A series of a test: what it is, and its values from minute 0 on, in promtool's notation. */
type TestSeries = Readonly<Record<string, string>>;

export interface AlertTest {
  /** Minutes after the beginning. */
  atMinute: number;
  /** Between two values of a series, and two looks at the rules; 1 where it is left out. */
  stepMinutes?: number;
  series: TestSeries;
}

interface FiringTest extends AlertTest {
  labels?: Readonly<Record<string, string>>;
}

export interface Alert {
  name: string;
  /** PromQL; true where it returns anything. */
  expression: string;
  /** How long it has to be true, in promtool's notation; at once where it is left out. */
  lasting?: string;
  /** `critical` wakes somebody, `warning` is looked at in working hours. */
  severity: 'critical' | 'warning';
  summary: string;
  /** Of an objective's budget: while its fastest alert is told, the slower ones are not. */
  objective?: string;
  /** The page of docs/operations/runbooks that says what to do. */
  runbook: 'services' | 'billing' | 'operator' | 'addresses';
  /** Its section; that of the alert's name where it is left out. */
  section?: string;
  /** Where it must fire, and with which labels of the series. */
  fires: FiringTest;
  /** Where it must fire as well, such as when nobody is left to tell. */
  firesToo?: FiringTest;
  /** Where it must not, as close to firing as makes sense. */
  silent: AlertTest;
  /** Where it must not as well. */
  silentToo?: AlertTest;
}

/** A series that rules compute, named level:metric:operation. */
export interface Recording {
  name: string;
  expression: string;
}
