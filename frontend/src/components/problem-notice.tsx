import type { ReactNode } from 'react';
import { asProblem, isRefusal } from '../lib/problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface ProblemNoticeProps {
  error: unknown;
  onRetry?: (() => unknown) | undefined;
  /** What else there is to know. */
  children?: ReactNode;
}

/** A failure as the service told it, with what support needs to find it. What it has refused it would refuse again. */
export const ProblemNotice = ({ error, onRetry, children }: ProblemNoticeProps) => {
  const { title, detail, requestId, places: all } = asProblem(error);
  // Of one thing that is wrong, the place may say no more than the whole.
  const places = all.filter((place) => place.detail !== detail);
  return (
    <Notice
      tone="bad"
      title={title}
      action={onRetry !== undefined && !isRefusal(error) && <Button onClick={() => void onRetry()}>Try again</Button>}
    >
      {detail !== null && <p>{detail}</p>}
      {children}
      {places.length > 0 && (
        <ul className="list-disc pl-4">
          {places.map((place) => (
            <li key={place.pointer}>{place.detail}</li>
          ))}
        </ul>
      )}
      {requestId !== null && (
        <p className="mt-1 text-caption text-muted">
          Request <span className="select-all">{requestId}</span>
        </p>
      )}
    </Notice>
  );
};
