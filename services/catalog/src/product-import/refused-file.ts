import { wrongPlace } from '@legendops/kit/http/wrong-places';

/** For a file that is no list of products at all. */
export const refusedFile = (detail: string) => wrongPlace(['body', 'text'], 'malformed', detail);
