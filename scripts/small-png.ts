// Decides how a screenshot gets small: at most 256 colours (median cut), so that a pixel is one byte before compression.
// Reads what Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/** The same picture as a PNG with a palette. Colours are those of the original to within what 256 of them allow. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, colours } = decode(png);
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const boxes = medianCut([...counts], COLOURS);
  const palette = boxes.map(meanOf);
  const indexOf = new Map(boxes.flatMap((box, at) => box.map(([colour]): [number, number] => [colour, at])));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = indexOf.get(colours[y * width + x]!)!;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const entries = Buffer.from(palette.flatMap((colour) => channelsOf(colour)));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

type Counted = readonly [colour: number, count: number];

/** Splits the box with the widest channel at its median until there are enough boxes. */
function medianCut(colours: readonly Counted[], wanted: number): readonly (readonly Counted[])[] {
  const boxes: { items: readonly Counted[]; spread: number; channel: number }[] = [measured(colours)];
  while (boxes.length < wanted) {
    const at = boxes.reduce((best, box, index) => (box.spread > boxes[best]!.spread ? index : best), 0);
    const { items, spread, channel } = boxes[at]!;
    if (spread === 0) break;
    const sorted = [...items].sort(([a], [b]) => channelsOf(a)[channel]! - channelsOf(b)[channel]! || a - b);
    const middle = Math.max(1, Math.min(sorted.length - 1, medianAt(sorted)));
    boxes.splice(at, 1, measured(sorted.slice(0, middle)), measured(sorted.slice(middle)));
  }
  return boxes.map(({ items }) => items);
}

/** Wide boxes with many pixels are split first; the root keeps large flat areas from taking every colour. */
function measured(items: readonly Counted[]): { items: readonly Counted[]; spread: number; channel: number } {
  let [widest, channel] = [0, 0];
  for (const at of [0, 1, 2]) {
    const values = items.map(([colour]) => channelsOf(colour)[at]!);
    const width = values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255);
    if (width > widest) [widest, channel] = [width, at];
  }
  const pixels = items.reduce((sum, [, count]) => sum + count, 0);
  return { items, spread: widest * pixels ** 0.25, channel };
}

function medianAt(sorted: readonly Counted[]): number {
  const weight = ([, count]: Counted): number => Math.sqrt(count);
  const half = sorted.reduce((sum, item) => sum + weight(item), 0) / 2;
  let sum = 0;
  return sorted.findIndex((item) => (sum += weight(item)) >= half) + 1;
}

function meanOf(box: readonly Counted[]): number {
  const pixels = box.reduce((sum, [, count]) => sum + count, 0);
  const mean = [0, 1, 2].map((at) =>
    Math.round(box.reduce((sum, [colour, count]) => sum + channelsOf(colour)[at]! * count, 0) / pixels),
  );
  return (mean[0]! << 16) | (mean[1]! << 8) | mean[2]!;
}

function channelsOf(colour: number): [number, number, number] {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

function decode(png: Buffer): { width: number; height: number; colours: Uint32Array } {
  const data: Buffer[] = [];
  let header = Buffer.alloc(13);
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = Buffer.from(body);
    if (type === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height, depth, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]];
  const size = kind === 6 ? 4 : 3;
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error(`A PNG of kind ${kind} at ${depth} bits is not read.`);
  const bytes = unfiltered(inflateSync(Buffer.concat(data)), width * size, height, size);
  const colours = new Uint32Array(width * height);
  for (let at = 0; at < colours.length; at += 1) {
    colours[at] = (bytes[at * size]! << 16) | (bytes[at * size + 1]! << 8) | bytes[at * size + 2]!;
  }
  return { width, height, colours };
}

/** Undoes the filter of each row (PNG specification, section 9). */
function unfiltered(raw: Buffer, stride: number, height: number, size: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)]!;
    for (let x = 0; x < stride; x += 1) {
      const left = x < size ? 0 : out[y * stride + x - size]!;
      const up = y === 0 ? 0 : out[(y - 1) * stride + x]!;
      const corner = y === 0 || x < size ? 0 : out[(y - 1) * stride + x - size]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}
