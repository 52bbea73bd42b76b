import type { CablingDesign } from './contract.ts';
import {
  amountWords,
  answerWords,
  cableWords,
  faultsIn,
  feedWords,
  figure,
  measuredWords,
  notesIn,
  pathwayWords,
  quantityWords,
  refusalsIn,
  runOf,
  standing,
} from './design-sheet.ts';
import { printed, type Paper } from './paper.ts';

const profiles = { 'tia-nec': 'TIA and NEC', 'iso-iec': 'ISO/IEC' } as const;

const head = (paper: Paper, design: CablingDesign, provider: string): void => {
  const { content } = design;
  const versions = [...new Set(design.checks.map(({ calculator: { id, version } }) => `${id} ${version}`))];
  paper.title(design.name, `Cabling design by ${provider}`);
  paper.facts([
    ['Saved', `${design.updatedAt.slice(0, 10)}, version ${design.version}`],
    ['Links', `${content.links.length}, labelled by TIA-606 class ${design.labelClass}`],
    ['By the rules of', profiles[content.profile]],
    ['Ambient temperature', `${figure(content.ambientC)} °C`],
    ['Computed by', versions.toSorted().join(', ')],
  ]);
};

const warnings = (paper: Paper, design: CablingDesign): void => {
  paper.heading('Warnings');
  const faults = faultsIn(design);
  const refusals = refusalsIn(design);
  if (faults.length + refusals.length === 0) paper.note('Every limit that was computed is kept.');
  for (const text of refusals) paper.remark(text, 'Nothing of it is known until this is mended.');
  for (const { about, warning } of faults) {
    const { limit, actual, detail, source } = warning;
    const measured = measuredWords(warning);
    paper.remark(
      `${about}: ${measured === undefined ? detail : `${measured}. ${detail}`}`,
      source,
      limit === undefined || actual === undefined ? undefined : { limit, actual },
    );
  }
};

const links = (paper: Paper, design: CablingDesign): void => {
  paper.heading('Links');
  const labels = new Map(design.labels.map(({ key, id }) => [key, id]));
  paper.table(
    [
      { name: 'Label', share: 0.14 },
      { name: 'To', share: 0.24 },
      { name: 'Cable', share: 0.3 },
      { name: 'Run m', share: 0.08, align: 'right' },
      { name: 'Cords m', share: 0.09, align: 'right' },
      { name: 'State', share: 0.15 },
    ],
    design.content.links.map((link) => [
      labels.get(link.key) ?? '',
      link.to,
      cableWords(link),
      runOf(design, link),
      figure(link.copper?.cordsM ?? link.fibre?.cordsM),
      standing(design, 'link', link.key),
    ]),
  );
};

const pathwaysAndPower = (paper: Paper, design: CablingDesign): void => {
  const { pathways, feeds } = design.content;
  const columns = [
    { name: 'Name', share: 0.18 },
    { name: 'What', share: 0.23 },
    { name: 'Computed', share: 0.44 },
    { name: 'State', share: 0.15 },
  ];
  if (pathways.length > 0) {
    paper.heading('Pathways');
    paper.table(
      columns,
      pathways.map((one) => [
        one.name,
        pathwayWords(one),
        answerWords(design, 'pathway', one),
        standing(design, 'pathway', one.key),
      ]),
    );
  }
  if (feeds.length > 0) {
    paper.heading('Power');
    paper.table(
      columns,
      feeds.map((one) => [
        one.name,
        feedWords(one),
        answerWords(design, 'feed', one),
        standing(design, 'feed', one.key),
      ]),
    );
  }
};

const bill = (
  paper: Paper,
  { bill: { lines, currency, priceList, pricesOn, totalMinor, missing } }: CablingDesign,
): void => {
  if (lines.length === 0) return;
  const isPriced = currency !== null && priceList !== null;
  paper.heading('Bill of materials');
  if (isPriced) paper.note(`Prices of “${priceList}” on ${pricesOn}, in ${currency}, without tax.`);
  paper.table(
    [
      { name: 'Product', share: isPriced ? 0.42 : 0.6 },
      { name: 'SKU', share: 0.15 },
      { name: 'Quantity', share: 0.21, align: 'right' },
      ...(isPriced
        ? ([
            { name: 'Unit price', share: 0.1, align: 'right' },
            { name: 'Amount', share: 0.12, align: 'right' },
          ] as const)
        : []),
    ],
    lines.map((line) => [
      line.problem === null ? line.name : `${line.name} (${line.problem})`,
      line.sku,
      quantityWords(line),
      amountWords(line.unitPriceMinor, currency),
      line.amountMinor === null ? 'not known' : amountWords(line.amountMinor, currency),
    ]),
  );
  if (!isPriced) return;
  if (totalMinor === null)
    paper.total('Total', `not known: ${missing} ${missing === 1 ? 'line has' : 'lines have'} no amount`);
  else paper.total('Total', `${amountWords(totalMinor, currency)} ${currency}`);
};

const notes = (paper: Paper, design: CablingDesign): void => {
  const all = notesIn(design);
  if (all.length > 0) paper.heading('Notes');
  for (const { text, source } of all) paper.remark(text, source);
};

/** A design on paper. The same design is the same bytes, whenever it is printed. */
export const designPdf = (
  design: CablingDesign,
  provider: string,
  options?: { isCompressed: boolean },
): Promise<Uint8Array> =>
  printed(
    { title: design.name, author: provider, date: new Date(design.updatedAt) },
    (paper) => {
      head(paper, design, provider);
      warnings(paper, design);
      links(paper, design);
      pathwaysAndPower(paper, design);
      bill(paper, design);
      notes(paper, design);
    },
    options,
  );
