/** The text of each page of a PDF of ours that is not compressed: glyphs are looked up in their font's table. */
export const pdfText = (bytes: Uint8Array): string[] => {
  const source = Buffer.from(bytes).toString('latin1');
  const objects = new Map(
    [...source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id ?? '', body ?? '']),
  );
  const tableOf = (fontId: string): string[] => {
    const [, tableId = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(fontId) ?? '') ?? [];
    return [...(objects.get(tableId) ?? '').matchAll(/<[0-9a-f]{4}> <[0-9a-f]{4}> \[([^\]]*)\]/g)].flatMap(([, list]) =>
      [...(list ?? '').matchAll(/<([0-9a-f ]*)>/g)].map(([, hex]) =>
        Buffer.from((hex ?? '').replaceAll(' ', ''), 'hex')
          .swap16()
          .toString('utf16le'),
      ),
    );
  };
  const fonts = new Map(
    [...source.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => [name ?? '', tableOf(id ?? '')]),
  );
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body));
  return pages.map((page) => {
    const [, contentId = ''] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
    let table: string[] = [];
    const words: string[] = [];
    for (const [, name, list] of (objects.get(contentId) ?? '').matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) table = fonts.get(name) ?? [];
      else
        words.push(
          [...(list ?? '').matchAll(/<([0-9a-f]+)>/g)]
            .flatMap(([, hex]) => (hex ?? '').match(/.{4}/g) ?? [])
            .map((glyph) => table[Number.parseInt(glyph, 16)] ?? '?')
            .join(''),
        );
    }
    return words.join(' ');
  });
};
