import { expect, it } from 'vitest';
import { draftsIn, type Values } from './drafts.ts';

const aTab = () => {
  const kept = new Map<string, string>();
  const drafts = draftsIn({
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  });
  const aForm = (name: string, values: Values, dirty = true) => {
    const element = { contains: (other: unknown) => other === element } as unknown as Node;
    return { element, close: drafts.open({ name, element, isDirty: () => dirty, values: () => values }) };
  };
  return { drafts, kept, aForm };
};

it('is dirty where a form is that something was typed into', () => {
  const { drafts, aForm } = aTab();
  const rule = aForm('price-rule', {});
  const invitation = aForm('invitation', {}, false);
  expect([drafts.isDirty(), drafts.isDirty(rule.element), drafts.isDirty(invitation.element)]).toEqual([
    true,
    true,
    false,
  ]);
  rule.close();
  expect(drafts.isDirty()).toBe(false);
});

it('keeps what was typed for the same person, once', () => {
  const { drafts, kept, aForm } = aTab();
  aForm('price-rule', { markupPercent: '20' });
  aForm('invitation', { name: 'Nia' }, false);
  drafts.keep('ada');
  expect([drafts.hasKept('price-rule', 'ada'), drafts.hasKept('invitation', 'ada')]).toEqual([true, false]);
  expect(drafts.take('price-rule', 'ada')).toEqual({ markupPercent: '20' });
  expect([drafts.take('price-rule', 'ada'), kept.size]).toEqual([undefined, 0]);
});

it('shows it to nobody else, and keeps it no longer then', () => {
  const { drafts, kept, aForm } = aTab();
  aForm('price-rule', { markupPercent: '20' });
  drafts.keep('ada');
  expect([drafts.hasKept('price-rule', 'ben'), kept.size]).toEqual([false, 0]);
});

it('forgets it as soon as somebody else is here', () => {
  const { drafts, kept, aForm } = aTab();
  aForm('price-rule', { markupPercent: '20' });
  drafts.keep('ada');
  drafts.keepOnlyFor('ada');
  expect(drafts.keepsAny()).toBe(true);
  drafts.keepOnlyFor('ben');
  expect([drafts.keepsAny(), kept.size]).toEqual([false, 0]);
});

it('keeps nothing where nothing was typed', () => {
  const { drafts, kept, aForm } = aTab();
  aForm('price-rule', {}, false);
  drafts.keep('ada');
  expect(kept.size).toBe(0);
});

it('makes nothing of what others have put there', () => {
  const { drafts, kept, aForm } = aTab();
  kept.set('legendops.drafts', 'no JSON');
  expect(drafts.take('price-rule', 'ada')).toBeUndefined();
  aForm('price-rule', { a: '1' });
  drafts.keep('ada');
  expect(drafts.hasKept('toString', 'ada')).toBe(false);
});
