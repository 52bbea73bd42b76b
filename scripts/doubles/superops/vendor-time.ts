/** UTC, without a zone and without fractions. */
export const vendorTime = (at: Date): string => at.toISOString().slice(0, 19);
