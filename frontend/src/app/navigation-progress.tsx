import { useEffect, useState } from 'react';
import { useRouting } from '../lib/router/router.tsx';

const patienceMs = 150;

/** Says that another page is on its way, when that takes long enough to be noticed. */
export const NavigationProgress = () => {
  const { pending } = useRouting();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!pending) return undefined;
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [pending]);
  return (
    <>
      <output className="sr-only">{late ? 'Loading the page' : ''}</output>
      {late && <div aria-hidden data-pending className="page-progress fixed inset-x-0 top-0 z-30 h-0.5 bg-accent" />}
    </>
  );
};
