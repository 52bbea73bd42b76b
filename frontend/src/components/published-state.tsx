import { Eye, EyeOff } from 'lucide-react';
import { Status } from './status.tsx';

/** Whether customers' people see a thing of the catalog. */
export const PublishedState = ({ isPublished }: { isPublished: boolean }) =>
  isPublished ? (
    <Status tone="info" icon={Eye}>
      Published
    </Status>
  ) : (
    <Status tone="quiet" icon={EyeOff}>
      Internal
    </Status>
  );
