import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { useAddCategory } from './category-acts.ts';
import { CategoryDialog } from './category-dialog.tsx';

const draft = 'category.add';

export const NewCategoryButton = () => {
  const [open, setOpen] = useState(useKept(draft));
  const adding = useAddCategory();
  const close = () => {
    setOpen(false);
    adding.reset();
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FolderPlus aria-hidden />
        New category
      </Button>
      {open && (
        <CategoryDialog
          title="New category"
          confirm="Add category"
          draft={draft}
          act={adding}
          onCategory={(category) => adding.run(category, close)}
          onClose={close}
        />
      )}
    </>
  );
};
