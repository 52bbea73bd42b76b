import { channelM, linkSource, permanentLinkM } from './cabling.ts';

export const categories = ['5e', '6', '6A', '7A', '8'] as const;
export type Category = (typeof categories)[number];

export const copperApplicationNames = [
  '10BASE-T',
  '100BASE-TX',
  '1000BASE-T',
  '2.5GBASE-T',
  '5GBASE-T',
  '10GBASE-T',
  '25GBASE-T',
  '40GBASE-T',
] as const;
export type CopperApplication = (typeof copperApplicationNames)[number];

export interface CopperChannel {
  supported: boolean;
  linkM: number;
  channelM: number;
  source: string;
  /** What has to be true of the cabling besides its length. */
  condition?: string;
}

const tenGigabitSource =
  'IEEE 802.3an and TSB-155: 10GBASE-T over 55 m of category 6, 100 m of 6A (as printed by truecable and Siemon)';
const category8Source =
  'IEEE 802.3bq and ANSI/TIA-568-C.2-1: category 8 in 30 m, 24 m of it horizontal (as printed by Cabling Installation & Maintenance)';
const multigigabitSource = 'IEEE 802.3bz and TIA TSB-5021 (as told by Siemon)';
const multigigabitCondition =
  'Runs over category 5e and 6 only where alien crosstalk, bundling and length allow: qualify the cabling by TSB-5021';

const whole: CopperChannel = { supported: true, linkM: permanentLinkM, channelM, source: linkSource };
const none = (source: string): CopperChannel => ({ supported: false, linkM: 0, channelM: 0, source });
const short: CopperChannel = { supported: true, linkM: 24, channelM: 30, source: category8Source };

/** What a channel of a category may be long: for an application, or without one by the category itself. */
export const copperChannel = (category: Category, application?: CopperApplication): CopperChannel => {
  switch (application) {
    case '25GBASE-T':
    case '40GBASE-T':
      return category === '8' ? short : none(category8Source);
    case '10GBASE-T':
      if (category === '5e') return none(tenGigabitSource);
      return category === '6'
        ? { supported: true, linkM: 55, channelM: 55, source: tenGigabitSource }
        : { ...whole, source: tenGigabitSource };
    case '2.5GBASE-T':
    case '5GBASE-T':
      return {
        ...whole,
        source: multigigabitSource,
        ...((category === '5e' || category === '6') && { condition: multigigabitCondition }),
      };
    case undefined:
      return category === '8' ? short : whole;
    default:
      return whole;
  }
};
