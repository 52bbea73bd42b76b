import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

const Anchor = ({ className, children, ...rest }: ComponentProps<'a'>) => (
  <a {...rest} className={`font-medium text-accent underline-offset-2 hover:underline ${className ?? ''}`}>
    {children}
  </a>
);

export const TextLink = createLink(Anchor);
