// Decides where a text stops being JSON: line and column of the first character that cannot stand there.
// JSON.parse names a position in some of its errors only; a person with a 5,000-line file needs it in all.

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** The first place where `text` breaks the grammar of RFC 8259, or undefined where it is JSON. Iterative: depth is no limit. */
export function jsonErrorPosition(text: string): Position | undefined {
  const at = firstError(text);
  if (at === undefined) return undefined;
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}

type Expect = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'comma' | 'end';

const SPACE = /[ \t\n\r]*/y;
/** All but quote, backslash and what stands before the space. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function firstError(text: string): number | undefined {
  const open: ('[' | '{')[] = [];
  let expect: Expect = 'value';
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  for (;;) {
    skip(SPACE);
    if (expect === 'end') return at < text.length ? at : undefined;
    const char = text[at];
    if (expect === 'colon') {
      if (char !== ':') return at;
      at++;
      expect = 'value';
    } else if (expect === 'key' || expect === 'first-key') {
      if (char === '}' && expect === 'first-key') expect = close();
      else if (skip(STRING)) expect = 'colon';
      else return at;
    } else if (expect === 'comma') {
      if (char === ',') {
        at++;
        expect = open.at(-1) === '{' ? 'key' : 'value';
      } else if (char === (open.at(-1) === '{' ? '}' : ']')) expect = close();
      else return at;
    } else if (char === ']' && expect === 'first-value') expect = close();
    else if (char === '[' || char === '{') {
      open.push(char);
      at++;
      expect = char === '[' ? 'first-value' : 'first-key';
    } else if (skip(STRING) || skip(SCALAR)) expect = after();
    else return at;
  }

  function close(): Expect {
    open.pop();
    at++;
    return after();
  }

  function after(): Expect {
    return open.length > 0 ? 'comma' : 'end';
  }
}
