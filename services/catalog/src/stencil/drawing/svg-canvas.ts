import { type Bounds, hasExtent, noBounds } from './bounds.ts';
import { shown } from './subpath.ts';

export class DrawingTooLarge extends Error {}

/** Text that is safe between tags and within double quotes, of characters that XML may hold. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const millimetresPerPoint = 25.4 / 72;

/**
 * Collects the elements of one preview, in points. What is put here is written by this folder alone: shapes, text,
 * gradients and images of their own bytes, never an element, a style or an address out of a file.
 */
export class SvgCanvas {
  readonly bounds: Bounds = noBounds();
  readonly #elements: string[] = [];
  readonly #definitions: string[] = [];
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get isEmpty(): boolean {
    return this.#elements.length === 0;
  }

  add(element: string): void {
    this.#count(element);
    this.#elements.push(element);
  }

  /** Returns the address of what `element` defines within the drawing. */
  define(element: (id: string) => string): string {
    const id = `d${this.#definitions.length}`;
    const text = element(id);
    this.#count(text);
    this.#definitions.push(text);
    return `url(#${id})`;
  }

  /** The box of what is drawn is the picture: masters often lie off their page. */
  toSvg(title: string): string {
    const box = hasExtent(this.bounds) ? this.bounds : { left: 0, top: 0, right: 1, bottom: 1 };
    const [width, height] = [Math.max(box.right - box.left, 0.1), Math.max(box.bottom - box.top, 0.1)];
    const size = `width="${shown(width * millimetresPerPoint)}mm" height="${shown(height * millimetresPerPoint)}mm"`;
    const view = `viewBox="${shown(box.left)} ${shown(box.top)} ${shown(width)} ${shown(height)}"`;
    const definitions = this.#definitions.length > 0 ? `<defs>${this.#definitions.join('')}</defs>` : '';
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${view}><title>${escapeXml(title)}</title>${definitions}${this.#elements.join('')}</svg>`;
  }

  #count(text: string): void {
    this.#bytes += text.length;
    if (this.#bytes > this.#mostBytes) throw new DrawingTooLarge();
  }
}
