import { useLayoutEffect } from 'react';

/** Names the tab after what is shown. */
export const useTitle = (title: string): void => {
  useLayoutEffect(() => {
    document.title = `${title} · LegendOps`;
  }, [title]);
};
