const acts = ['pointerdown', 'keydown', 'wheel'];

/** When a person last did something in the window: 0 until then. */
export const lastActIn = (window: EventTarget, now: () => number): (() => number) => {
  let lastMs = 0;
  for (const act of acts)
    window.addEventListener(
      act,
      () => {
        lastMs = now();
      },
      { capture: true, passive: true },
    );
  return () => lastMs;
};
