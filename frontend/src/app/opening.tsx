import { Logo } from '../components/logo.tsx';
import { PageSkeleton } from '../components/skeleton.tsx';

/** Until it is known who is here: what index.html has painted already, and placeholders when that takes longer. */
export const Opening = () => (
  <div className="flex min-h-dvh flex-col">
    <header className="flex h-14 items-center border-b border-line bg-surface px-4">
      <Logo mark />
    </header>
    <main aria-busy className="flex-1 p-6">
      <PageSkeleton />
    </main>
  </div>
);
