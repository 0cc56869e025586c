// Decides which scenarios are generated, where they stand, and when a file on disk is the one that was made.
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildBrunel } from './brunel/build.ts';
import { buildCornerShop } from './corner-shop/build.ts';
import { buildUkGifts } from './uk-gifts/build.ts';

/** By scenario id: the files of its folder. */
export const SCENARIOS: Readonly<Record<string, () => ReadonlyMap<string, Buffer>>> = {
  'corner-shop': buildCornerShop,
  'uk-gifts': buildUkGifts,
  brunel: buildBrunel,
};

export function scenarioFolder(id: string): string {
  return join(import.meta.dirname, '../../scenarios', id);
}

/** Names of files whose content differs or that cannot be read. Packed files are compared unpacked: packers differ by version. */
export async function differences(
  made: ReadonlyMap<string, Buffer>,
  read: (name: string) => Promise<Buffer>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, bytes] of made) {
    try {
      if (!content(name, await read(name)).equals(content(name, bytes))) wrong.push(name);
    } catch {
      wrong.push(name);
    }
  }
  return wrong;
}

function content(name: string, bytes: Buffer): Buffer {
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
