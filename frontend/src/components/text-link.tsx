import { Link, type LinkProps } from '../lib/router/link.tsx';

export const textLinkClass = 'font-medium text-accent underline-offset-2 hover:underline';

export const TextLink = (props: LinkProps) => <Link {...props} className={textLinkClass} />;
