import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { tokenPath } from './lib/token-path.ts';

// Whoever is not signed in gets the sign-in page and none of the portal's code: that is loaded once the session is known
// to exist. Any other outcome is the portal's to explain.

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element #root');
const root = createRoot(element);

const open = async (): Promise<void> => {
  const trade = await fetch(tokenPath, { method: 'POST' }).catch(() => undefined);
  if (trade?.status === 401) return root.render(<SignInPage />);
  const { Portal, takeOver } = await import('./app/portal.tsx');
  takeOver(trade);
  root.render(
    <StrictMode>
      <Portal />
    </StrictMode>,
  );
};

void open();
