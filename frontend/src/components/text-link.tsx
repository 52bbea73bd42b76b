import { Link, type LinkProps } from '../lib/router/link.tsx';

export const TextLink = (props: LinkProps) => (
  <Link {...props} className="font-medium text-accent underline-offset-2 hover:underline" />
);
