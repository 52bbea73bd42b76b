const part = /^[\w-]+$/;

/**
 * Whether a text is a JWS in compact form, spelt in the one canonical way. jose accepts spaces inside parts and
 * non-canonical last bits (Wycheproof tcId 360, 365, 368, 375), which would let one token have many spellings.
 */
export const isCompactToken = (text: string): boolean => {
  if (text.length > 8_192) return false;
  const parts = text.split('.');
  return (
    parts.length === 3 &&
    parts.every((value) => part.test(value) && Buffer.from(value, 'base64url').toString('base64url') === value)
  );
};
