import { useRunOnce } from './use-act.ts';

/** Goes to an address that is asked for in the moment of the press, such as one that is signed for minutes: a file is saved. */
export const useOpenAddress = (find: () => Promise<{ url: string }>) =>
  useRunOnce(async () => {
    const link = document.createElement('a');
    link.href = (await find()).url;
    link.rel = 'noreferrer';
    link.click();
  });
