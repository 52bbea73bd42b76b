interface LimitBarProps {
  limit: number;
  actual: number;
}

const width = 300;

/** A value beside the limit that it is to keep: what lies beyond the mark is too much. */
export const LimitBar = ({ limit, actual }: LimitBarProps) => {
  const most = Math.max(limit, actual, 0);
  if (most === 0) return null;
  const at = (value: number): number => (Math.max(value, 0) / most) * width;
  return (
    // The figures stand beside it as text: the drawing itself is not read out.
    <svg aria-hidden viewBox={`0 0 ${width} 20`} className="h-5 w-full max-w-xs">
      <rect x="0" y="7" width={width} height="6" rx="3" className="fill-raised" />
      <rect x="0" y="7" width={Math.min(at(actual), at(limit))} height="6" rx="3" className="fill-accent" />
      {actual > limit && (
        <rect x={at(limit)} y="7" width={at(actual) - at(limit)} height="6" rx="3" className="fill-danger" />
      )}
      <line
        x1={Math.min(at(limit), width - 1)}
        x2={Math.min(at(limit), width - 1)}
        y1="2"
        y2="18"
        className="stroke-ink"
        strokeWidth="2"
      />
    </svg>
  );
};
