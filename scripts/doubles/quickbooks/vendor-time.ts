/** The vendor's clock: Pacific standard time with its offset, whole seconds. */
export const vendorTime = (instant: Date): string =>
  `${new Date(instant.getTime() - 8 * 60 * 60 * 1000).toISOString().slice(0, 19)}-08:00`;

/** `time` of a reply, which callers keep as a cursor: with milliseconds. */
export const replyTime = (instant: Date): string =>
  `${new Date(instant.getTime() - 8 * 60 * 60 * 1000).toISOString().slice(0, 23)}-08:00`;
