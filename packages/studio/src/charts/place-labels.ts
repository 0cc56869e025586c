// Decides which names fit on the map: largest node first, right of it, left of it, below or above, never over another name or node.

export interface LabelWish {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface PlacedLabel {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CHARACTER_PX = 6.3;
const LINE_PX = 14;

/** `wishes` in order of importance. A name that fits nowhere is left out. */
export function placeLabels(wishes: readonly LabelWish[], width: number): readonly PlacedLabel[] {
  const taken: Box[] = wishes.map(({ x, y, radius }) => ({
    left: x - radius,
    top: y - radius,
    right: x + radius,
    bottom: y + radius,
  }));
  return wishes.flatMap((wish, at) => {
    for (const { label, box } of places(wish)) {
      const free = taken.every((other, index) => index === at || !overlaps(other, box));
      if (!free || box.left < 2 || box.right > width - 2) continue;
      taken.push(box);
      return [label];
    }
    return [];
  });
}

function places(wish: LabelWish): readonly { label: PlacedLabel; box: Box }[] {
  const { id, text, x, y, radius } = wish;
  const length = text.length * CHARACTER_PX;
  const gap = radius + 4;
  const at = (anchor: PlacedLabel['anchor'], px: number, py: number): { label: PlacedLabel; box: Box } => {
    const left = anchor === 'start' ? px : anchor === 'end' ? px - length : px - length / 2;
    return {
      label: { id, text, x: px, y: py, anchor },
      box: { left, top: py - LINE_PX + 3, right: left + length, bottom: py + 3 },
    };
  };
  return [
    at('start', x + gap, y + 4),
    at('end', x - gap, y + 4),
    at('middle', x, y + gap + 10),
    at('middle', x, y - gap - 2),
  ];
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
