// Decides how the floors of a package are shown: as test/tidy.test.ts holds them, top floor first.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TIDY = join(import.meta.dirname, '../../test/tidy.test.ts');

/** Rooms of `packages/<name>/src` by floor, lowest first. */
export function floorsOf(name: string): string[][] {
  const text = readFileSync(TIDY, 'utf8');
  const list = new RegExp(`'packages/${name}/src': \\[([\\s\\S]*?)\\],?\\n(?:  '|};)`).exec(text)?.[1];
  if (list === undefined) throw new Error(`test/tidy.test.ts has no floors of ${name}.`);
  return [...list.matchAll(/\[([^[\]]+)\]/g)].map(([, rooms]) =>
    [...rooms!.matchAll(/'([^']+)'/g)].map(([, room]) => room!),
  );
}

/** A drawing with the top floor first. */
export function drawFloors(name: string): string {
  const rows = floorsOf(name).map((rooms, floor) => `${floor}  ${rooms.map(roomName).join('   ')}`);
  return `\`\`\`text\n${rows.toReversed().join('\n')}\n\`\`\``;
}

function roomName(room: string): string {
  return room.includes('.') ? room : `${room}/`;
}
