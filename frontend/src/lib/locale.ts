/** The screen speaks English, so numbers and dates follow the person's kind of English. */
export const locale = globalThis.navigator?.languages?.find((language) => /^en\b/.test(language)) ?? 'en-US';
