import { render } from 'preact';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { tokenPath } from './lib/token-path.ts';

// Whoever is not signed in gets the sign-in page and none of the portal's code: that is loaded once the session is known
// to exist. Any other outcome is the portal's to explain.

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element #root');

const open = async (): Promise<void> => {
  const trade = await fetch(tokenPath, { method: 'POST' }).catch(() => undefined);
  if (trade?.status === 401) return render(<SignInPage />, element);
  const { Portal, takeOver } = await import('./app/portal.tsx');
  takeOver(trade);
  render(<Portal />, element);
};

void open();
