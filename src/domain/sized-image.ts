/** A square picture as the image host serves it for `?size=`. */
export interface SizedImage {
  readonly url: string;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly alt: string | null;
}

/** The wanted edge rounded up to one of these: few sizes, so that the image host and its caches keep few files. */
const edges = [48, 96, 160, 320, 640, 1_280];

/** Null for no picture and for an address that is not one. `edge`: CSS pixels. */
export function sizedImage(source: string | null, edge: number, alt: string | null): SizedImage | null {
  if (source === null || !URL.canParse(source)) return null;
  const url = new URL(source);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.searchParams.set('size', String(edges.find((known) => known >= edge) ?? edges.at(-1)));
  return { url: url.href, width: edge, height: edge, alt };
}
