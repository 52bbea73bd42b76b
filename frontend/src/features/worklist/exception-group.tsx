import type { BillingException } from '@legendops/billing/contract';
import { CircleAlert } from 'lucide-react';
import { ButtonLink } from '../../components/button-link.tsx';
import { Status } from '../../components/status.tsx';
import { WorkGroup, WorkItem } from './work-group.tsx';

interface ExceptionGroupProps {
  exceptions: BillingException[];
  more: boolean;
}

export const ExceptionGroup = ({ exceptions, more }: ExceptionGroupProps) => (
  <WorkGroup title="Could not be billed" count={exceptions.length} more={more}>
    {exceptions.map(({ id, customerId, customerName, detail, nextStep }) => (
      <WorkItem
        key={id}
        status={
          <Status tone="warn" icon={CircleAlert}>
            Not billed
          </Status>
        }
        title={customerName ?? 'No customer yet'}
        detail={detail}
        nextStep={nextStep}
        action={
          customerId !== null && (
            <ButtonLink to="/customers/$customerId" params={{ customerId }}>
              Open customer
            </ButtonLink>
          )
        }
      />
    ))}
  </WorkGroup>
);
