import { createHash } from 'node:crypto';

/** An event that was told, where the same again is counted up. */
export interface Told {
  /** Of the object that it is about. */
  uid: string | undefined;
  key: { name: string; namespace: string };
  count: number;
  at: number;
}

/**
 * The events of the last minutes, by what they say. Whatever is asked of it takes the same time however many there are: while
 * ten thousand objects are made, thousands are.
 */
export class ToldEvents {
  /** The one that was told longest ago comes first. */
  readonly #told = new Map<string, Told>();
  readonly #counts = new Map<string | undefined, number>();
  readonly #keptMs: number;

  constructor(keptMs: number) {
    this.#keptMs = keptMs;
  }

  /** Of what an event says: notes are long, and a thousand of them are kept. */
  static idOf(...parts: readonly (string | undefined)[]): string {
    return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  }

  /** What was told of this id, once more now; undefined where it was not told of late. */
  again(id: string, now: number): Told | undefined {
    this.#forgetOld(now);
    const told = this.#told.get(id);
    if (!told) return undefined;
    told.count += 1;
    told.at = now;
    this.#told.delete(id);
    this.#told.set(id, told);
    return told;
  }

  add(id: string, told: Told): void {
    if (!this.#told.delete(id)) this.#count(told.uid, 1);
    this.#told.set(id, told);
  }

  /** How many different ones were told of this object. */
  countOf(uid: string | undefined): number {
    return this.#counts.get(uid) ?? 0;
  }

  #forgetOld(now: number): void {
    for (const [id, { uid, at }] of this.#told) {
      if (now - at <= this.#keptMs) return;
      this.#told.delete(id);
      this.#count(uid, -1);
    }
  }

  #count(uid: string | undefined, by: number): void {
    const count = this.countOf(uid) + by;
    if (count === 0) this.#counts.delete(uid);
    else this.#counts.set(uid, count);
  }
}
