/** The ETag of a row's version. Strong: a weak one, a list or * would make "unchanged since I looked" ambiguous. */
export const versionTag = (version: number): string => `"v${version}"`;

export const versionTagPattern = /^"v(\d{1,9})"$/;
