// Decides how a generated part stands in a written page: between two comments that name it. The rest of the page is for people.

const BLOCK = /^<!-- ([a-z][a-z0-9 -]*):begin -->\n([\s\S]*?)^<!-- \1:end -->$/gm;

export interface Block {
  readonly name: string;
  readonly text: string;
}

/** The marked blocks of a page in their order; the text is what stands between the marks, without blank lines around it. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(BLOCK)].map((match) => ({ name: match[1]!, text: match[2]!.trim() }));
}

/** The page with every block's text given anew by `textOf`, which is told the text that stands there. */
export function fillBlocks(page: string, textOf: (name: string, text: string) => string): string {
  return page.replace(BLOCK, (_whole, name: string, text: string) => {
    return `<!-- ${name}:begin -->\n\n${textOf(name, text).trim()}\n\n<!-- ${name}:end -->`;
  });
}
