import { cachedLists } from './cached-lists.ts';
import { queryClient } from './query-client.ts';

export const { refresh, putRow, dropRow, heldRow, rowReadAgain } = cachedLists(queryClient);
