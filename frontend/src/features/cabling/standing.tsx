import type { CablingDesign, DesignCheck } from '@legendops/catalog/cabling-design/contract';
import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { Status } from '../../components/status.tsx';
import { checksOf, isNote } from './said-of.ts';

interface StandingProps {
  design: CablingDesign;
  part: DesignCheck['about']['part'];
  thing: string;
}

/** Whether a thing of the design keeps the limits that were computed of it. */
export const Standing = ({ design, part, thing }: StandingProps) => {
  const checks = checksOf(design, part, thing);
  const warnings = checks.flatMap((check) => check.warnings.filter((one) => !isNote(one))).length;
  if (checks.some(({ refused }) => refused.length > 0))
    return (
      <Status tone="bad" icon={CircleAlert}>
        Not computed
      </Status>
    );
  if (warnings > 0)
    return (
      <Status tone="warn" icon={TriangleAlert}>
        {warnings === 1 ? '1 warning' : `${warnings} warnings`}
      </Status>
    );
  return checks.length === 0 ? (
    <Status tone="quiet" icon={CircleDashed}>
      Nothing to compute
    </Status>
  ) : (
    <Status tone="ok" icon={CircleCheck}>
      Keeps its limits
    </Status>
  );
};
