// Decides which names fit on the map: largest node first, right of it, left of it, below or above, then at its corners, never over another name or node.

export interface LabelWish {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Stands even where it covers other points. */
  readonly must?: boolean;
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
/** How far a name beside a corner stands off, as a share of one beside the point. */
const SLANT = 0.7;

/** `wishes` in order of importance. A name that fits nowhere in `width` and `height` is left out, but for those that must stand. */
export function placeLabels(
  wishes: readonly LabelWish[],
  width: number,
  height = Number.POSITIVE_INFINITY,
): readonly PlacedLabel[] {
  const points: readonly Box[] = wishes.map(({ x, y, radius }) => ({
    left: x - radius,
    top: y - radius,
    right: x + radius,
    bottom: y + radius,
  }));
  const names: Box[] = [];
  const isFree = (box: Box, others: readonly Box[]): boolean => others.every((other) => !overlaps(other, box));
  return wishes.flatMap((wish, at) => {
    const inside = places(wish).filter(
      ({ box }) => box.left >= 2 && box.right <= width - 2 && box.top >= 2 && box.bottom <= height - 2,
    );
    const clear = inside.filter(({ box }) => isFree(box, names));
    const found =
      clear.find(({ box }) => isFree(box, obstacles(points, at, wish))) ??
      (wish.must ? (clear[0] ?? inside[0]) : undefined);
    if (!found) return [];
    names.push(found.box);
    return [found.label];
  });
}

/** Points that a name may not cover; where its own point lies within another, that one cannot be helped. */
function obstacles(points: readonly Box[], at: number, { x, y }: LabelWish): readonly Box[] {
  return points.filter(
    (box, index) => index !== at && (x < box.left || x > box.right || y < box.top || y > box.bottom),
  );
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
    at('start', x + gap * SLANT, y - gap),
    at('start', x + gap * SLANT, y + gap + 8),
    at('end', x - gap * SLANT, y - gap),
    at('end', x - gap * SLANT, y + gap + 8),
  ];
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
