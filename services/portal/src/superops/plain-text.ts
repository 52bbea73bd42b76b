const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/**
 * What somebody reads of a text that may be HTML: nothing of it is ever shown as HTML. No part of these patterns can begin
 * again within what it has taken, so that a text of any form takes time by its length alone.
 */
export const plainText = (content: string): string => {
  if (!/<[a-z!/]/i.test(content)) return content.trim();
  return content
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_whole, name: string) => entities[name] ?? '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
};
