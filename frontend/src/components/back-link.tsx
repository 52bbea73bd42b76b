import type { ReactNode } from 'react';
import { hrefOf } from '../lib/router/addresses.ts';
import { isPlainClick } from '../lib/router/link.tsx';
import { useRouting } from '../lib/router/router.tsx';
import { textLinkClass } from './text-link.tsx';

interface BackLinkProps {
  to:
    | '/customers'
    | '/seats'
    | '/usage'
    | '/invoices'
    | '/periods'
    | '/prices'
    | '/products'
    | '/stencils'
    | '/cabling'
    | '/calculators';
  children: ReactNode;
}

/** Back to the list as it was left, with its filter and place; the plain list for whoever came otherwise. */
export const BackLink = ({ to, children }: BackLinkProps) => {
  const { from, history, navigate } = useRouting();
  const left = from !== null && from.split('?')[0] === to ? from : undefined;
  return (
    <a
      href={left ?? hrefOf({ to })}
      className={textLinkClass}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        if (left === undefined) navigate({ to });
        else history.back();
      }}
    >
      {children}
    </a>
  );
};
