import type { ComponentProps, MouseEvent } from 'react';
import { hrefOf, type Target } from './addresses.ts';
import { useRouting } from './router.tsx';

export type LinkProps = Target & Omit<ComponentProps<'a'>, 'href'>;

// Everything else (a new tab, a download, another frame) is the browser's, which has the address.
export const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey && !defaultPrevented;

/** A link to a page. Pointing at it or reaching it by keyboard loads the page's code already. */
export const Link = ({ to, params, search, children, onClick, ...anchor }: LinkProps) => {
  const { navigate, preload } = useRouting();
  // Taken apart, the parts of a target no longer know that they belong together.
  const target = { to, params, search } as Target;
  return (
    <a
      {...anchor}
      href={hrefOf(target)}
      onPointerEnter={() => preload(to)}
      onFocus={() => preload(to)}
      onClick={(event) => {
        onClick?.(event);
        if (!isPlainClick(event)) return;
        event.preventDefault();
        navigate(target);
      }}
    >
      {children}
    </a>
  );
};
