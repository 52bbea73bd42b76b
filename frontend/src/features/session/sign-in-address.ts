// What the sign-in accepts as a way back; it refuses an address with anything else as a whole.
const returnable = /^\/(?![/\\])[\w\-./?=&%~+:@,]{0,499}$/;

/** Where the sign-in starts. It comes back to this very page, without what the address says of the last attempt. */
export const signInAddress = ({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string => {
  const kept = new URLSearchParams(search);
  kept.delete('problem');
  const here = kept.size === 0 ? pathname : `${pathname}?${kept.toString()}`;
  const params = new URLSearchParams({ returnTo: returnable.test(here) ? here : '/' });
  return `/api/auth/v1/sign-in?${params.toString()}`;
};
