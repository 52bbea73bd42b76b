const texts = new WeakMap<object, string>();

/** An object as JSON. Stored objects never change, so each is written out once for all who list and watch it. */
export const objectText = (object: object): string => {
  const known = texts.get(object);
  if (known !== undefined) return known;
  const text = JSON.stringify(object);
  texts.set(object, text);
  return text;
};
