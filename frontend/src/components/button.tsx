import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';

type Look = 'primary' | 'secondary' | 'danger' | 'quiet';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-edge/60 bg-surface text-ink hover:bg-raised',
  danger: 'border border-danger/50 bg-surface text-danger hover:bg-bad-soft',
  quiet: 'text-muted hover:bg-raised hover:text-ink',
};

/** How a control looks that is pressed; for links that lead to an act as well. */
export const buttonClass = (look: Look = 'secondary'): string =>
  `inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 font-medium whitespace-nowrap transition-colors aria-disabled:opacity-55 [&_svg]:size-4 ${looks[look]}`;

interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
  /** The act is under way: further presses do nothing, the focus stays. */
  pending?: boolean;
}

export const Button = ({ look = 'secondary', pending = false, children, onClick, className, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    aria-disabled={pending || rest.disabled}
    aria-busy={pending}
    className={`${buttonClass(look)} ${className ?? ''}`}
    onClick={(event) => {
      if (pending) event.preventDefault();
      else onClick?.(event);
    }}
  >
    {pending && <LoaderCircle aria-hidden className="animate-spin" />}
    {children}
  </button>
);
