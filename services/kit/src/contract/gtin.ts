/** Whether the last digit is the one that GS1's General Specifications (7.9) compute of the others: weights 3 and 1 from the right. */
export const isGtin = (digits: string): boolean => {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false;
  const sum = Array.from(digits)
    .toReversed()
    .reduce((before, digit, index) => before + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
};
