// What a drawing is made of. Nothing in here runs, fetches, or shows another document.
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const allowedElements = words(`
  svg g defs symbol use title desc a switch path rect circle ellipse line polyline polygon text tspan textPath
  linearGradient radialGradient stop pattern clipPath mask marker image style`);

/** A link leads nowhere in here: what it holds is drawn in its place. */
export const unwrappedElements = words('a switch');

export const allowedAttributes = words(`
  id class style transform viewBox preserveAspectRatio version xml:space x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height
  d points pathLength rotate textLength lengthAdjust startOffset offset gradientUnits gradientTransform spreadMethod
  patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
  markerUnits markerWidth markerHeight refX refY orient href xlink:href
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-dasharray stroke-dashoffset opacity color display visibility overflow clip-path clip-rule mask
  marker marker-start marker-mid marker-end stop-color stop-opacity paint-order vector-effect shape-rendering
  text-rendering image-rendering color-interpolation font-family font-size font-style font-variant font-weight font-stretch
  text-anchor text-decoration letter-spacing word-spacing dominant-baseline alignment-baseline baseline-shift writing-mode
  direction unicode-bidi isolation mix-blend-mode`);

// Style sheets and properties may name what is in the drawing itself. A backslash writes any of this in another way.
const ownReference = /url\(\s*(['"]?)#[\w.:-]+\1\s*\)/gi;
const reaching = /url\s*\(|@|expression|javascript:|-moz-binding|behavior|image-set|\\|<|\/\*/i;

export const isInertStyle = (style: string): boolean => !reaching.test(style.replaceAll(ownReference, ''));

const picture = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=\s]+$/;

/** What may be referred to: an element of the drawing, and for `image` a picture within it. */
export const isInertReference = (element: string, reference: string): boolean =>
  element === 'image' ? picture.test(reference) : /^#[\w.:-]+$/.test(reference);
