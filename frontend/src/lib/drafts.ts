/** What a person has typed into a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** A form that is open. */
interface OpenForm {
  name: string;
  /** Where it is in the document. */
  element: Node;
  isDirty: () => boolean;
  /** What may be kept of it: never a secret. */
  values: () => Values;
}

export interface Drafts {
  /** Knows of a form until the returned function is called. */
  open(form: OpenForm): () => void;
  /** Whether leaving would throw away what was typed: there, or anywhere. */
  isDirty(within?: Node): boolean;
  /** Keeps what is typed for the same person after the next sign-in. */
  keep(owner: string): void;
  /** Forgets what was kept for anybody else. */
  keepOnlyFor: (owner: string) => void;
  /** Whether anything waits for somebody to come back. */
  keepsAny(): boolean;
  hasKept(name: string, owner: string): boolean;
  /** What was kept of a form; it is kept no longer. */
  take(name: string, owner: string): Values | undefined;
  forget(): void;
}

interface Kept {
  owner: string;
  forms: Record<string, Values>;
}

const place = 'legendops.drafts';

/** In the storage of the tab, and only from the end of a session until the next sign-in in it. */
export const draftsIn = (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Drafts => {
  const forms = new Set<OpenForm>();
  const read = (owner: string): Kept | undefined => {
    const text = storage.getItem(place);
    if (text === null) return undefined;
    try {
      const kept = JSON.parse(text) as Kept;
      if (kept.owner === owner && typeof kept.forms === 'object') return kept;
    } catch {
      // Not ours: removed like that of another person.
    }
    storage.removeItem(place);
    return undefined;
  };
  return {
    open: (form) => {
      forms.add(form);
      return () => forms.delete(form);
    },
    isDirty: (within) =>
      [...forms].some((form) => (within === undefined || within.contains(form.element)) && form.isDirty()),
    keep: (owner) => {
      const dirty = [...forms].filter((form) => form.isDirty());
      if (dirty.length === 0) return;
      const kept: Kept = { owner, forms: Object.fromEntries(dirty.map(({ name, values }) => [name, values()])) };
      storage.setItem(place, JSON.stringify(kept));
    },
    keepOnlyFor: (owner) => void read(owner),
    keepsAny: () => storage.getItem(place) !== null,
    hasKept: (name, owner) => Object.hasOwn(read(owner)?.forms ?? {}, name),
    take: (name, owner) => {
      const kept = read(owner);
      const values = kept !== undefined && Object.hasOwn(kept.forms, name) ? kept.forms[name] : undefined;
      if (kept === undefined || values === undefined) return undefined;
      delete kept.forms[name];
      if (Object.keys(kept.forms).length === 0) storage.removeItem(place);
      else storage.setItem(place, JSON.stringify(kept));
      return values;
    },
    forget: () => storage.removeItem(place),
  };
};

const nowhere = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

export const drafts = draftsIn(globalThis.sessionStorage ?? nowhere);
