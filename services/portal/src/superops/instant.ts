const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?$/;

/** The vendor's times are UTC and say no zone; null for what is no time. */
export const instantOf = (text: string | null): string | null => {
  if (text === null || !written.test(text) || Number.isNaN(Date.parse(`${text}Z`))) return null;
  return `${text}Z`;
};

/** A calendar day, with or without a time; null for what is none. */
export const dayOf = (text: string | null): string | null => {
  const day = (text ?? '').slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
};
