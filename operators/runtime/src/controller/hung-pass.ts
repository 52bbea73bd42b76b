/** A reconciliation that went on past its deadline and heeded no signal; its key is taken up again without it. */
export class HungPass extends Error {
  override readonly name = 'HungPass';

  constructor(afterMs: number) {
    super(
      `The reconciliation has not ended after ${Math.round(afterMs / 1000)} s and heeds no signal; it is given up. ` +
        'Whatever it awaits needs a time-out, or the signal that it was given',
    );
  }
}
