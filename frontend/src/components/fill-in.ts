import type { Values } from '../lib/drafts.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const isField = (node: unknown): node is Field =>
  node instanceof HTMLInputElement || node instanceof HTMLSelectElement || node instanceof HTMLTextAreaElement;

const takes = (field: Field, value: string): boolean =>
  !(field instanceof HTMLSelectElement) || [...field.options].some((option) => option.value === value);

const isSecret = (field: unknown): boolean => field instanceof HTMLInputElement && field.type === 'password';

/** All that a form holds, to see whether it has changed. */
export const contentOf = (form: HTMLFormElement): string => JSON.stringify([...new FormData(form)].map(String));

/** What may be kept of a form: no secret. */
export const valuesOf = (form: HTMLFormElement): Values =>
  Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' && !isSecret(form.elements.namedItem(name)) ? [[name, value]] : [],
    ),
  );

/**
 * Types values into a form as a person would, so that whatever depends on them follows. A field, or a choice, that is not
 * there yet is filled when it comes. Returns how to stop that.
 */
export const fillIn = (form: HTMLFormElement, values: Values): (() => void) => {
  const waiting = new Map(Object.entries(values));
  const fill = (): void => {
    for (const [name, value] of waiting) {
      const field = form.elements.namedItem(name);
      if (!isField(field) || !takes(field, value)) continue;
      waiting.delete(name);
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  };
  const observer = new MutationObserver(fill);
  observer.observe(form, { childList: true, subtree: true });
  fill();
  return () => observer.disconnect();
};
