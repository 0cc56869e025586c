// Decides how sentences hang below each other in a terminal.
import { styleText } from 'node:util';

/** A sentence with what hangs below it. */
export interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** Colours are left to the terminal: none where the output goes to a file or a pipe. */
export const strong = (text: string): string => styleText('bold', text, { stream: process.stdout });
export const quiet = (text: string): string => styleText('dim', text, { stream: process.stdout });

/** Two levels, as lines. */
export function tree(branches: readonly Branch[]): string[] {
  return branches.flatMap(({ text, below = [] }, index) => {
    const last = index === branches.length - 1;
    return [`  ${last ? '└' : '├'} ${text}`, ...below.map((row) => `  ${last ? ' ' : '│'}   ${row.text}`)];
  });
}
