import type { ImportOutcome, ProductFile } from '@legendops/catalog/product-import/contract';
import { Upload } from 'lucide-react';
import { useState } from 'react';
import { ActProblem } from '../../components/act-problem.tsx';
import { BackLink } from '../../components/back-link.tsx';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { ImportRows } from './import-rows.tsx';
import { useApplyImport, usePreviewImport } from './product-acts.ts';

const formats: Record<ProductFile['format'], string> = {
  csv: 'Table (CSV)',
  'device-types': 'Device types of NetBox (YAML)',
};

/** A file is looked at row by row before anything is written. */
export const ImportPage = () => {
  const [file, setFile] = useState<ProductFile>();
  const previewing = usePreviewImport();
  const applying = useApplyImport();
  const look = async (chosen: File, format: ProductFile['format']): Promise<void> => {
    const read = { format, text: await chosen.text() };
    setFile(read);
    applying.reset();
    previewing.run(read);
  };
  const outcome = applying.answer ?? previewing.answer;
  return (
    <Page title="Import products" about={<BackLink to="/products">Back to list</BackLink>}>
      <p className="max-w-3xl text-muted">
        The first line of a table names its columns: sku, name, kind, manufacturer, mpn, gtin, unspsc, category (a path
        such as Network &gt; Switches), lifecycle, unit, pack size, published, description. A column that is left out
        changes nothing. An exported table can be imported again.
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const [chosen, format] = [form.get('file'), form.get('format')];
          if (!(chosen instanceof File)) return;
          void look(chosen, format === 'device-types' ? format : 'csv');
        }}
      >
        <div className="w-72 max-sm:w-full">
          <TextField label="File" name="file" type="file" accept=".csv,.txt,.tsv,.yaml,.yml" required />
        </div>
        <SelectField label="Format" name="format">
          {Object.entries(formats).map(([format, words]) => (
            <option key={format} value={format}>
              {words}
            </option>
          ))}
        </SelectField>
        <Button type="submit" pending={previewing.pending}>
          Preview
        </Button>
      </form>
      <ActProblem error={previewing.error} />
      <ActProblem error={applying.error} />
      {applying.answer !== undefined && (
        <Notice tone="ok" title="Imported">
          {countWords(applying.answer)}
        </Notice>
      )}
      {outcome !== undefined && (
        <Section
          title={applying.answer === undefined ? 'What would happen' : 'What happened'}
          about={countWords(outcome)}
          actions={
            applying.answer === undefined &&
            outcome.counts.refused === 0 && (
              <Button
                look="primary"
                pending={applying.pending}
                onClick={() => file !== undefined && applying.run(file)}
              >
                {!applying.pending && <Upload aria-hidden />}
                Import all rows
              </Button>
            )
          }
        >
          {applying.answer === undefined && outcome.counts.refused > 0 && (
            <Notice tone="warn" title="Nothing is imported as long as a row is refused">
              Mend these rows in the file, then press “Preview” again.
            </Notice>
          )}
          {outcome.newCategories.length > 0 && <p>New categories: {outcome.newCategories.join(', ')}</p>}
          <ImportRows outcome={outcome} />
        </Section>
      )}
    </Page>
  );
};

const countWords = ({ counts }: ImportOutcome): string =>
  `${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refused} refused.`;
