import type { SuperOpsRegion } from '@legendops/portal/superops/contract';

export const regionWords: Record<SuperOpsRegion, string> = { us: 'United States', eu: 'European Union' };
