import { render, type ComponentChild } from 'preact';
import { SignInPage } from './features/session/sign-in-page.tsx';
import { tokenPath } from './lib/token-path.ts';

// Whoever is not signed in gets the sign-in page and none of the portal's code: that is loaded once the session is known
// to exist. Any other outcome is the portal's to explain.

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element #root');

/** In place of what index.html has painted. */
const show = (page: ComponentChild): void => {
  element.replaceChildren();
  render(page, element);
};

const open = async (): Promise<void> => {
  const trade = await fetch(tokenPath, { method: 'POST' }).catch(() => undefined);
  if (trade?.status === 401) return show(<SignInPage />);
  const { Portal, takeOver } = await import('./app/portal.tsx');
  takeOver(trade);
  show(<Portal />);
};

void open();
