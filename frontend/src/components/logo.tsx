export const Logo = ({ mark = false }: { mark?: boolean }) => (
  <span className="flex items-center gap-2 font-semibold tracking-tight">
    <svg aria-hidden viewBox="0 0 32 32" className="size-6 shrink-0">
      <rect width="32" height="32" rx="7" fill="#1f4fb8" />
      <path
        d="M9 8v16h8M17 16h6m-6-8h6m-6 16h6"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
    <span className={mark ? 'sr-only' : 'in-[header]:max-sm:sr-only'}>LegendOps</span>
  </span>
);
