import type { Me } from '@legendops/auth/contract';
import { Menu, X } from 'lucide-react';
import { useState } from 'react';
import { Logo } from '../components/logo.tsx';
import { roleNames } from '../components/role-names.ts';
import { Link } from '../lib/router/link.tsx';
import { Redirect, useRouting } from '../lib/router/router.tsx';
import { CurrentPage } from './current-page.tsx';
import { LeaveQuestion } from './leave-question.tsx';
import { NavigationProgress } from './navigation-progress.tsx';
import { placeAt, placesFor, type Place } from './navigation.ts';
import { NotAllowed } from './not-allowed.tsx';
import { SignInNotice } from './sign-in-notice.tsx';
import { SignOutButton } from './sign-out-button.tsx';

export const Shell = ({ me }: { me: Me }) => {
  const [menuOpen, setMenuOpen] = useState(false);
  const { pathname, pending } = useRouting();
  const places = placesFor(me);
  return (
    <div className="flex min-h-dvh flex-col">
      <NavigationProgress />
      <LeaveQuestion />
      <a
        href="#main"
        className="absolute -top-20 left-3 z-20 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:top-2"
      >
        Skip to content
      </a>
      <Banner me={me} menuOpen={menuOpen} onMenu={() => setMenuOpen(!menuOpen)} />
      <div className="flex flex-1 flex-col md:flex-row">
        <nav
          id="navigation"
          aria-label="Main"
          className={`${menuOpen ? 'block' : 'hidden'} shrink-0 border-line p-3 max-md:border-b md:sticky md:top-14 md:block md:h-[calc(100dvh-3.5rem)] md:w-52 md:overflow-y-auto md:border-r`}
        >
          <ul className="flex flex-col gap-0.5">
            {places.map((place) => (
              <li key={place.path}>
                <PlaceLink place={place} current={place === placeAt(pathname)} onFollow={() => setMenuOpen(false)} />
              </li>
            ))}
          </ul>
          <p className="mt-3 border-t border-line px-2.5 pt-3 text-muted sm:hidden">
            {me.member.name}, {roleNames[me.member.role]}
          </p>
        </nav>
        <main id="main" tabIndex={-1} aria-busy={pending} className="min-w-0 flex-1 px-4 py-6 md:px-8">
          <SignInNotice />
          <Content pathname={pathname} places={places} />
        </main>
      </div>
    </div>
  );
};

const Content = ({ pathname, places }: { pathname: string; places: Place[] }) => {
  const place = placeAt(pathname);
  if (place === undefined || places.includes(place)) return <CurrentPage />;
  const [first] = places;
  return pathname === '/' && first !== undefined ? <Redirect to={first.path} /> : <NotAllowed />;
};

interface PlaceLinkProps {
  place: Place;
  current: boolean;
  onFollow: () => void;
}

const PlaceLink = ({ place: { path, name, icon: Icon }, current, onFollow }: PlaceLinkProps) => (
  <Link
    to={path}
    onClick={onFollow}
    aria-current={current ? 'page' : undefined}
    className="flex h-8 items-center gap-2.5 rounded-md px-2.5 font-medium text-muted hover:bg-raised hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
  >
    <Icon aria-hidden className="size-4 shrink-0" />
    {name}
  </Link>
);

interface BannerProps {
  me: Me;
  menuOpen: boolean;
  onMenu: () => void;
}

const Banner = ({ me, menuOpen, onMenu }: BannerProps) => (
  <header className="sticky top-0 z-10 flex h-14 items-center gap-3 border-b border-line bg-surface px-4">
    <button
      type="button"
      aria-controls="navigation"
      aria-expanded={menuOpen}
      onClick={onMenu}
      className="-ml-1.5 rounded-md p-1.5 text-muted hover:bg-raised md:hidden"
    >
      {menuOpen ? <X aria-hidden className="size-5" /> : <Menu aria-hidden className="size-5" />}
      <span className="sr-only">Menu</span>
    </button>
    <Logo />
    <div className="min-w-0 flex-1 truncate border-l border-line pl-3 font-semibold">{me.tenant.displayName}</div>
    <div className="hidden min-w-0 text-right sm:block">
      <div className="truncate font-medium">{me.member.name}</div>
      <div className="text-caption text-muted">{roleNames[me.member.role]}</div>
    </div>
    <SignOutButton />
  </header>
);
