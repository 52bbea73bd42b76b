import { MapPinOff } from 'lucide-react';
import { ButtonLink } from '../components/button-link.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Page } from '../components/page.tsx';

export const NotFound = () => (
  <Page title="Page not found">
    <EmptyState
      icon={MapPinOff}
      title="There is nothing at this address"
      action={<ButtonLink to="/">Start page</ButtonLink>}
    >
      The address may be mistyped, or what it showed was removed.
    </EmptyState>
  </Page>
);
