import { Download } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { ApiProblem } from '../../lib/problem.ts';
import type { useImport } from './customer-acts.ts';

interface ImportProps {
  importing: ReturnType<typeof useImport>;
}

export const ImportButton = ({ importing }: ImportProps) => (
  <Button look="primary" pending={importing.isPending} onClick={() => importing.mutate()}>
    {!importing.isPending && <Download aria-hidden />}
    Import from Pax8
  </Button>
);

export const ImportOutcome = ({ importing: { data, error, mutate } }: ImportProps) => {
  if (error !== null) {
    const unconnected = error instanceof ApiProblem && error.code === 'connection.missing';
    return (
      <>
        <ProblemNotice error={error} onRetry={mutate} />
        {unconnected && <TextLink to="/connections">Connect Pax8</TextLink>}
      </>
    );
  }
  if (data === undefined) return null;
  const { created, renamed, unchanged } = data;
  return (
    <Notice tone="ok" title="Imported from Pax8">
      {created} new, {renamed} renamed, {unchanged} unchanged.
    </Notice>
  );
};
