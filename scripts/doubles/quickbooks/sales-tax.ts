import { multiply, roundTo, sum } from '../decimal.ts';
import type { CompanyScope } from './company-scope.ts';
import type { CountedLines, Taxed } from './sales-lines.ts';

type Sale = { counted: CountedLines; ownTax: number | undefined; afterDiscount: boolean };

/**
 * Automated Sales Tax taxes what is not exempt, and adds to that the tax that came with the request: the double tax
 * of a client that counts its own. Without it the tax is what the client says, or what the tax codes make.
 */
export function salesTax({ company }: CompanyScope, { counted, ownTax, afterDiscount }: Sale): number {
  const share = afterDiscount && counted.subTotal > 0 ? 1 - counted.discount / counted.subTotal : 1;
  const at = (lines: Taxed[], percent: number) =>
    multiply(
      roundTo(
        sum(
          lines.map(({ amount }) => amount),
          2,
        ) * share,
        2,
      ),
      percent / 100,
      2,
    );
  const taxable = counted.taxed.filter(({ code }) => code !== 'NON');
  if (company.country === 'US') {
    const automatic = company.preferences.TaxPrefs.PartnerTaxEnabled ? at(taxable, company.salesTaxPercent) : 0;
    return sum([automatic, ownTax ?? 0], 2);
  }
  if (ownTax !== undefined) return roundTo(ownTax, 2);
  const rates = new Map(company.objects.TaxCode.map((code) => [code.Id, Number(code.ratePercent)]));
  return sum(
    [...Map.groupBy(taxable, ({ code }) => code)].map(([code, lines]) => at(lines, rates.get(code) ?? 0)),
    2,
  );
}
