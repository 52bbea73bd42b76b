import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pdfText } from '@legendops/kit/testing/pdf-text';
import { expect, it } from 'vitest';
import { exampleDesignPath, exampleDesignPdf } from './example-design-pdf.ts';

const kept = readFileSync(join(import.meta.dirname, '../..', exampleDesignPath));

it('the worked design that is kept is the one that is computed, byte for byte', async () => {
  expect(Buffer.compare(kept, await exampleDesignPdf())).toBe(0);
});

it('the worked design shows what it is for: limits with what there is, a refusal at its link, and a total', () => {
  const text = pdfText(kept).join(' ');
  expect(text).toContain('HQ-1A-B12');
  expect(text).toMatch(/HQ-1A-B12: 93 m where 8\d(\.\d+)? m is the limit/);
  expect(text).toContain('HQ-1A-B12: work-area-cord cannot be computed');
  expect(text).toMatch(/HQ-1A-F02: 1\.92 dB where 1\.5 dB is the limit/);
  expect(text).toMatch(/Total [\d]+\.\d\d USD/);
});
