import { holdAnyPort, holdPort, type HeldPort } from '@legendops/kit/testing/free-port';

export interface PortChooser {
  /** A port for whoever listens there at once. */
  choose: (name: string, usual: number) => Promise<number>;
  /** A port that stays ours until it is released: for programs that listen there later. */
  hold: (name: string, usual: number) => Promise<HeldPort>;
}

/** Chooses ports: the usual one where it is free, another where it is taken (0: any), never one twice. */
export const portChooser = (report: (line: string) => void): PortChooser => {
  const given = new Set<number>();
  const holdNew = async (hold: () => Promise<HeldPort | undefined>): Promise<HeldPort | undefined> => {
    const held = await hold();
    if (held === undefined) return undefined;
    if (!given.has(held.port)) {
      given.add(held.port);
      return held;
    }
    await held.release();
    return undefined;
  };
  const hold = async (name: string, usual: number): Promise<HeldPort> => {
    if (usual !== 0) {
      const held = await holdNew(() => holdPort(usual));
      if (held) return held;
      report(`port ${usual} of ${name} is taken, another one is used`);
    }
    for (;;) {
      const held = await holdNew(holdAnyPort);
      if (held) return held;
    }
  };
  return {
    hold,
    choose: async (name, usual) => {
      const held = await hold(name, usual);
      await held.release();
      return held.port;
    },
  };
};
