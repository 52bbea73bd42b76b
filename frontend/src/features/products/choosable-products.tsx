import type { Product } from '@legendops/catalog/contract';
import { useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { ChangeManyDialog } from './change-many-dialog.tsx';

interface ChoosableProductsProps {
  columns: readonly Column<Product>[];
  products: readonly Product[];
}

const choice: Column<Product> = {
  name: 'Choose',
  nameless: true,
  cell: ({ id, name }) => <input type="checkbox" name="chosen" value={id} aria-label={`Choose ${name}`} />,
};

const chosenIn = (form: HTMLFormElement | null): string[] =>
  form === null ? [] : new FormData(form).getAll('chosen').filter((id) => typeof id === 'string');

// As many as the service changes at once.
const mostChosen = 200;

/** The list with boxes: those that are ticked can be changed alike. */
export const ChoosableProducts = ({ columns, products }: ChoosableProductsProps) => {
  const form = useRef<HTMLFormElement>(null);
  const [count, setCount] = useState(0);
  const [seen, setSeen] = useState<string[] | null>(null);
  const recount = () => setCount(chosenIn(form.current).length);
  const finish = () => {
    setSeen(null);
    form.current?.reset();
    recount();
  };
  return (
    <>
      <form
        ref={form}
        className="flex flex-col gap-3"
        onChange={recount}
        onSubmit={(event) => {
          event.preventDefault();
          setSeen(chosenIn(event.currentTarget));
        }}
      >
        {count > 0 && (
          <div aria-live="polite" className="flex flex-wrap items-center gap-3">
            <Button type="submit" disabled={count > mostChosen}>
              Change chosen
            </Button>
            <span className="text-muted">
              {count} chosen{count > mostChosen && `: ${mostChosen} at most can be changed at once`}
            </span>
          </div>
        )}
        <DataTable caption="Products" columns={[...columns, choice]} rows={products} />
      </form>
      {seen !== null && seen.length > 0 && (
        <ChangeManyDialog ids={seen} onDone={finish} onClose={() => setSeen(null)} />
      )}
    </>
  );
};
