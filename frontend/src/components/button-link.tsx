import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { buttonClass } from './button.tsx';

const Anchor = ({ children, ...rest }: Omit<ComponentProps<'a'>, 'className'>) => (
  <a {...rest} className={buttonClass('secondary')}>
    {children}
  </a>
);

export const ButtonLink = createLink(Anchor);
