import { Lock } from 'lucide-react';
import { EmptyState } from '../components/empty-state.tsx';
import { Page } from '../components/page.tsx';
import { roleNames } from '../components/role-names.ts';
import { useMe } from '../lib/session.ts';

export const NotAllowed = () => {
  const { member } = useMe();
  return (
    <Page title="Not for your role">
      <EmptyState icon={Lock} title="You cannot open this page">
        You are signed in as {roleNames[member.role].toLowerCase()}. Ask an administrator of your organisation if you
        need it.
      </EmptyState>
    </Page>
  );
};
