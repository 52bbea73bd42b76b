import { Link, type LinkProps } from '../lib/router/link.tsx';
import { buttonClass } from './button.tsx';

export const ButtonLink = (props: LinkProps) => <Link {...props} className={buttonClass('secondary')} />;
