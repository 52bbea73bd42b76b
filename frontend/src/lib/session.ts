import type { Me } from '@legendops/auth/contract';
import type { Permission } from '@legendops/kit/contract/permissions';
import { createContext, useContext } from 'react';

export const SessionContext = createContext<Me | null>(null);

/** Who is signed in; for what is rendered inside the shell only. */
export const useMe = (): Me => {
  const me = useContext(SessionContext);
  if (me === null) throw new Error('useMe was called outside the shell');
  return me;
};

export const useMay = (permission: Permission): boolean => useMe().permissions.includes(permission);
