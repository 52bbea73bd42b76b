import { describe, expect, it } from 'vitest';
import { anSvg } from '../testing/sample-files.ts';
import { lookAtSvg } from './svg.ts';

const kept = (bytes: Buffer): string => Buffer.from(lookAtSvg(bytes).bytes).toString('utf8');
const refusalOf = (bytes: Buffer): string => {
  try {
    return kept(bytes);
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const drawn = '<path d="M0 0h8v8z"></path>';

describe('a drawing', () => {
  it('is written anew as it was drawn', () => {
    const source = anSvg(
      '<title>Port &amp; plug</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>' +
        '<style>.a { fill: url(#g) }</style><g class="a" transform="scale(2)"><path d="M0 0h8v8z" style="stroke:red"/></g>' +
        '<use href="#g" x="1"/><text x="1" y="2">a &lt; b</text><image href="data:image/png;base64,AAAA"/>',
    );
    expect(kept(source)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">' +
        '<title>Port &amp; plug</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>' +
        '<style>.a { fill: url(#g) }</style><g class="a" transform="scale(2)"><path d="M0 0h8v8z" style="stroke:red"></path></g>' +
        '<use href="#g" x="1"></use><text x="1" y="2">a &lt; b</text><image href="data:image/png;base64,AAAA"></image></svg>',
    );
    // What is kept is kept the same when it comes again.
    expect(kept(Buffer.from(kept(source)))).toBe(kept(source));
  });

  it('of another prefix, with the plain document type that editors write, is the same drawing', () => {
    const source =
      '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' +
      '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:path d="M0 0h8v8z"/></s:svg>';
    expect(kept(Buffer.from(source))).toContain(drawn);
    expect(kept(Buffer.from(source))).not.toMatch(/DOCTYPE|w3\.org\/Graphics/);
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script of another namespace', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'],
    [
      'a page',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>',
    ],
    ['an event', '<g onload="alert(1)" onclick="alert(1)"></g>'],
    ['a link with a script', '<a href="javascript:alert(1)"></a>'],
    ['a link elsewhere', '<a xlink:href="https://evil.example/"></a>'],
    ['a picture from elsewhere', '<image href="https://evil.example/pixel.png"/>'],
    ['a drawing within the drawing', '<image href="data:image/svg+xml;base64,PHN2Zz4="/>'],
    ['a part of another file', '<use href="https://evil.example/x.svg#a"/><use href="file:///etc/passwd#a"/>'],
    ['a style sheet that reaches out', '<style>@import url(https://evil.example/x.css);</style>'],
    ['a style sheet written with escapes', '<style>g { background: \\75rl(https://evil.example/) }</style>'],
    ['a fill from elsewhere', '<g fill="url(https://evil.example/#a)" style="mask:url(https://evil.example/#m)"></g>'],
    [
      'an animation',
      '<animate attributeName="href" values="javascript:alert(1)"/><set attributeName="onload" to="alert(1)"/>',
    ],
    ['a filter of another file', '<filter id="f"><feImage href="https://evil.example/x"/></filter>'],
    ['a handler', '<handler type="application/ecmascript">alert(1)</handler>'],
    ['a style sheet hidden in a comment', '<!--><script>alert(1)</script>-->'],
    ['a style sheet by instruction', '<?xml-stylesheet href="https://evil.example/x.css"?>'],
    ['a script in CDATA of a style', '<style><![CDATA[</style><script>alert(1)</script>]]></style>'],
  ])('with %s is kept without it', (_, hostile) => {
    const text = kept(anSvg(`${hostile}<path d="M0 0h8v8z"/>`));
    expect(text).toContain(drawn);
    expect(text).not.toMatch(/alert|evil|script|\son\w+=|import|foreignObject|animate|passwd|svg\+xml|<style/i);
  });

  const bomb = (levels: number): string =>
    Array.from({ length: levels }, (_, level) => {
      const uses = level === 0 ? '<path d="M0 0h1"/>' : `<use href="#a${level - 1}"/>`.repeat(10);
      return `<g id="a${level}">${uses}</g>`;
    }).join('');

  it.each([
    [
      'entities that grow',
      Buffer.from(
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
      ),
      'svg-entities',
    ],
    [
      'an entity that is a file',
      Buffer.from(
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
      ),
      'svg-entities',
    ],
    ['an entity that nothing declares', anSvg('<text>&x;</text>'), 'svg-malformed'],
    ['parts of parts of parts', anSvg(bomb(9)), 'svg-too-large'],
    ['a part of itself', anSvg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), 'svg-too-large'],
    ['too many elements', anSvg('<path d="M0 0h1"/>'.repeat(50_001)), 'svg-too-large'],
    ['elements in elements', anSvg('<g>'.repeat(100) + '</g>'.repeat(100)), 'svg-too-deep'],
    ['half of it', anSvg().subarray(0, 60), 'svg-malformed'],
    ['a page', Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'), 'type-untrue'],
    ['a drawing without its language', Buffer.from('<svg><path d="M0 0"/></svg>'), 'type-untrue'],
    ['a picture of pixels', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'svg-malformed'],
    ['words', Buffer.from('not a drawing'), 'type-untrue'],
    ['a script alone', anSvg('<script>alert(1)</script>'), 'svg-empty'],
  ])('that is %s is refused', (_, bytes, code) => {
    expect(refusalOf(bytes)).toBe(code);
  });
});
