import { messageOf } from '@legendops/kit/errors/message-of';

/** What a part of the suite has seen: how many of what, and figures worth keeping. */
export interface Seen {
  count: number;
  /** What was counted. */
  of: string;
  figures?: readonly string[];
}

interface Line {
  name: string;
  seconds: number;
  seen?: Seen;
  failure?: string;
}

const textOf = ({ name, seconds, seen, failure }: Line): string =>
  [
    `${seconds.toFixed(1).padStart(7)} s  ${name.padEnd(40)} ${seen ? `${seen.count} ${seen.of}` : `FAILED: ${failure}`}`,
    ...(seen?.figures ?? []).map((figure) => `${' '.repeat(11)}${figure}`),
  ].join('\n');

/** One line a part, in the order of the run. */
export class Summary {
  readonly #lines: Line[] = [];
  readonly #tell: (text: string) => void;

  /** Each line is told as soon as its part has ended. */
  constructor(tell: (text: string) => void) {
    this.#tell = tell;
  }

  /** Runs a part and keeps what it saw; its failure is kept, too, and thrown on. */
  async part(name: string, see: () => Promise<Seen>): Promise<void> {
    const began = performance.now();
    const end = (outcome: Pick<Line, 'seen' | 'failure'>): void => {
      const line = { name, seconds: (performance.now() - began) / 1_000, ...outcome };
      this.#lines.push(line);
      this.#tell(textOf(line));
    };
    try {
      end({ seen: await see() });
    } catch (error) {
      end({ failure: messageOf(error) });
      throw error;
    }
  }

  get failed(): number {
    return this.#lines.filter(({ failure }) => failure !== undefined).length;
  }

  text(): string {
    const passed = this.#lines.length - this.failed;
    return `${this.#lines.map(textOf).join('\n')}\n\n${passed} passed, ${this.failed} failed\n`;
  }
}
