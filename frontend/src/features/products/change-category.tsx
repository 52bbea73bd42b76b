import { useState } from 'react';
import { AskFirst } from '../../components/ask-first.tsx';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import type { NamedCategory } from '../../lib/queries/catalog.ts';
import { useChangeCategory, useRemoveCategory } from './category-acts.ts';
import { CategoryDialog } from './category-dialog.tsx';

export const ChangeCategory = ({ category }: { category: NamedCategory }) => {
  const draft = `category.change ${category.id}`;
  const [seen, setSeen] = useState(useKept(draft) ? category : null);
  const changing = useChangeCategory();
  const close = () => {
    setSeen(null);
    changing.reset();
  };
  return (
    <span className="flex justify-end gap-1">
      <Button look="quiet" aria-label={`Change category ${category.path}`} onClick={() => setSeen(category)}>
        Change
      </Button>
      <AskFirst
        subject={category}
        act={useRemoveCategory()}
        look="quiet"
        label={`Remove category ${category.path}`}
        renderQuestion={({ path }) => ({
          title: `Remove ${path}?`,
          confirm: 'Remove category',
          look: 'danger',
          body: <p>Only an empty category can be removed: without products, and with nothing below it.</p>,
        })}
      >
        Remove
      </AskFirst>
      {seen !== null && (
        <CategoryDialog
          title={`Change ${seen.path}`}
          confirm="Save category"
          draft={draft}
          category={seen}
          act={changing}
          onCategory={(change) => changing.run({ category: seen, change }, close)}
          onClose={close}
        />
      )}
    </span>
  );
};
