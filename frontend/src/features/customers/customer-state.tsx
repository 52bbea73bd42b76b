import type { Customer } from '@legendops/portal/contract';
import { Archive, CircleCheck } from 'lucide-react';
import { Status } from '../../components/status.tsx';

export const CustomerState = ({ state }: { state: Customer['state'] }) =>
  state === 'active' ? (
    <Status tone="ok" icon={CircleCheck}>
      Active
    </Status>
  ) : (
    <Status tone="quiet" icon={Archive}>
      Archived
    </Status>
  );
