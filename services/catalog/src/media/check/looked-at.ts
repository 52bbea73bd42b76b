/** What is kept of a file that was looked at: its bytes, which may be fewer than came, and what is known of them. */
export interface LookedAt {
  bytes: Uint8Array;
  widthPx?: number;
  heightPx?: number;
  thumbnail?: { bytes: Uint8Array; contentType: string } | undefined;
}

export interface PixelSize {
  width: number;
  height: number;
}
