/** What names a thing at Pax8; of records that cannot be read, and of payloads that nobody documents, not everything does. */
export const isPax8Id = (text: string | null): text is string =>
  text !== null && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
