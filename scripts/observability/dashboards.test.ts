import { describe, expect, it } from 'vitest';
import { dashboardJson } from './dashboard.ts';
import { dashboards } from './dashboards/list.ts';
import { unknownIn } from './testing/unknown-metrics.ts';

interface Built {
  uid: string;
  panels: {
    type: string;
    title: string;
    description?: string;
    gridPos: { x: number; y: number; w: number; h: number };
  }[];
}

describe.each(dashboards.map((dashboard) => ({ uid: dashboard.uid, dashboard })))(
  'the dashboard $uid',
  ({ dashboard }) => {
    const panels = Object.values(dashboard.rows).flat();

    it('asks for metrics of ours that exist, by labels that they have', () => {
      expect(panels.flatMap(({ queries }) => Object.values(queries)).flatMap(unknownIn)).toEqual([]);
    });

    it('says of each panel what a good answer is, and shows none twice', () => {
      expect(panels.filter(({ says }) => says === '')).toEqual([]);
      expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    });

    it('puts no panel over another', () => {
      const built = JSON.parse(dashboardJson(dashboard)) as Built;
      expect(built.uid).toBe(`legendops-${dashboard.uid}`);
      expect(built.panels.filter(({ type }) => type !== 'row')).toHaveLength(
        panels.length + (dashboard.logs ?? []).length,
      );
      const cells = built.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
    });
  },
);
