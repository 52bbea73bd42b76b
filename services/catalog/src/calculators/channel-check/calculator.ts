import { z } from 'zod';
import { calculator, type Step, type Warning } from '../calculator.ts';
import { figure, oneOf, positive, yesOrNo, zeroOrMore } from '../fields.ts';
import { atMost } from '../rounding.ts';
import {
  coldestC,
  cordDerating,
  cordGauges,
  cordSource,
  deratedByTableM,
  deratedSource,
  deratingTableSource,
  horizontalForM,
  hottestC,
  linkSource,
  permanentLinkM,
} from '../tables/cabling.ts';
import { categories, copperApplicationNames, copperChannel } from '../tables/copper-applications.ts';

export const channelCheck = calculator({
  id: 'channel-check',
  version: 1,
  title: 'Does a copper channel keep its limits?',
  profiles: { 'tia-nec': 'ANSI/TIA-568.2-D', 'iso-iec': 'ISO/IEC 11801-1:2017' },
  input: {
    permanentLinkM: positive('m', 'From the panel to the outlet'),
    cordsM: zeroOrMore('m', 'All cords together'),
    conductorAwg: oneOf(cordGauges, 'Gauge of the cords'),
    category: oneOf(categories, 'Category of the cabling'),
    application: oneOf(copperApplicationNames, 'What it is to carry, by its IEEE name').optional(),
    ambientC: z
      .number()
      .min(-60)
      .max(hottestC)
      .default(coldestC)
      .meta({ unit: '°C', description: 'Mean over the permanent link' }),
    shielded: yesOrNo('Screened cable').default(false),
  },
  output: {
    permanentLinkLimitM: figure('m', 'Longest permanent link beside these cords'),
    channelLimitM: figure('m', 'Longest channel of this category and application with these cords'),
    pass: yesOrNo('Both limits are kept'),
  },
  constants: [
    { name: 'longest permanent link', value: permanentLinkM, unit: 'm', source: linkSource },
    { name: 'length budget of the cord formula', value: 102, unit: 'm', source: cordSource },
    ...cordGauges.map((gauge) => ({
      name: `derating D, ${gauge} AWG`,
      value: cordDerating(gauge),
      source: cordSource,
    })),
    { name: 'link in warmth', value: 'table of temperature-derating', unit: 'm', source: deratingTableSource },
    ...categories.map((category) => ({
      name: `channel of category ${category}`,
      value: copperChannel(category).channelM,
      unit: 'm',
      source: copperChannel(category).source,
    })),
  ],
  calculate: ({ permanentLinkM: linkM, cordsM, conductorAwg, category, application, ambientC, shielded }) => {
    const channel = copperChannel(category, application);
    const derating = cordDerating(conductorAwg);
    const bounds: Step[] = [
      {
        formula: 'H = 102 − C · (1 + D)',
        inputs: { C: cordsM, D: derating },
        value: horizontalForM(cordsM, conductorAwg),
        unit: 'm',
        source: cordSource,
      },
      {
        formula: 'H = row of the temperature table',
        inputs: { ambientC },
        value: deratedByTableM(ambientC, shielded),
        unit: 'm',
        source: deratedSource(ambientC, shielded),
      },
      {
        formula: 'H = min(longest link, channel − C)',
        inputs: { longestLinkM: channel.linkM, channelM: channel.channelM, C: cordsM },
        value: Math.min(channel.linkM, channel.channelM - cordsM),
        unit: 'm',
        source: channel.source,
      },
    ];
    // Cords that leave no room at all leave none, not less than none.
    const permanentLinkLimitM = Math.max(0, Math.min(...bounds.map(({ value }) => value)));
    // Thin cords cost the channel of its length: 10 m of 28 AWG leave 92.5 m of it.
    const channelLimitM = Math.max(0, Math.min(channel.channelM, horizontalForM(cordsM, conductorAwg) + cordsM));
    const channelSource = channelLimitM < channel.channelM ? cordSource : channel.source;
    const channelM = linkM + cordsM;
    const linkFits = atMost(linkM, permanentLinkLimitM);
    const channelFits = atMost(channelM, channelLimitM);
    const warnings: Warning[] = [];
    if (!channel.supported && application !== undefined)
      warnings.push({
        code: 'application-not-supported',
        detail: `Category ${category} does not carry ${application}`,
        source: channel.source,
      });
    if (channel.condition !== undefined)
      warnings.push({ code: 'conditional-support', detail: channel.condition, source: channel.source });
    if (!linkFits)
      warnings.push({
        code: 'link-too-long',
        detail: 'Longer than these cords, the warmth or the category leave room for',
        limit: permanentLinkLimitM,
        actual: linkM,
        unit: 'm',
        source: bounds.find(({ value }) => value <= permanentLinkLimitM)?.source ?? linkSource,
      });
    if (!channelFits)
      warnings.push({
        code: 'channel-too-long',
        detail: 'Longer than a channel of this category, this application and these cords may be',
        limit: channelLimitM,
        actual: channelM,
        unit: 'm',
        source: channelSource,
      });
    return {
      output: {
        permanentLinkLimitM,
        channelLimitM,
        pass: linkFits && channelFits && channel.supported,
      },
      steps: [
        ...bounds,
        {
          formula: 'limit = the least of these',
          inputs: { linkM },
          value: permanentLinkLimitM,
          unit: 'm',
          source: linkSource,
        },
        {
          formula: 'channel limit = min(of the category and application, 102 − C · D)',
          inputs: { channelM: channel.channelM, C: cordsM, D: derating },
          value: channelLimitM,
          unit: 'm',
          source: channelSource,
        },
        {
          formula: 'channel = link + cords',
          inputs: { linkM, cordsM },
          value: channelM,
          unit: 'm',
          source: linkSource,
        },
      ],
      warnings,
    };
  },
});
