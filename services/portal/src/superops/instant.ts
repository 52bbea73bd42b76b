const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?$/;

/** Whether there is such a day: a 30th of February is read as one of March, and no database keeps a year 0. */
const isDay = (day: string): boolean => {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) && !day.startsWith('0000');
};

/** The vendor's times are UTC and say no zone; null for what is no time. */
export const instantOf = (text: string | null): string | null => {
  if (text === null || !written.test(text) || !isDay(text.slice(0, 10)) || Number.isNaN(Date.parse(`${text}Z`)))
    return null;
  return `${text}Z`;
};

/** A calendar day, with or without a time; null for what is none. */
export const dayOf = (text: string | null): string | null => {
  const day = (text ?? '').slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && isDay(day) ? day : null;
};
