import { Download } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ActProblem } from '../../components/act-problem.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { ApiProblem } from '../../lib/problem.ts';
import type { useImport } from './customer-acts.ts';

interface ImportProps {
  importing: ReturnType<typeof useImport>;
}

export const ImportButton = ({ importing }: ImportProps) => (
  <Button look="primary" pending={importing.pending} onClick={() => importing.run(undefined)}>
    {!importing.pending && <Download aria-hidden />}
    Import from Pax8
  </Button>
);

export const ImportOutcome = ({ importing: { answer, error, run } }: ImportProps) => {
  if (error !== null) {
    const unconnected = error instanceof ApiProblem && error.code === 'connection.missing';
    return (
      <>
        <ActProblem error={error} onRetry={() => run(undefined)} />
        {unconnected && <TextLink to="/connections">Connect Pax8</TextLink>}
      </>
    );
  }
  if (answer === undefined) return null;
  const { created, renamed, unchanged } = answer;
  return (
    <Notice tone="ok" title="Imported from Pax8">
      {created} new, {renamed} renamed, {unchanged} unchanged.
    </Notice>
  );
};
