// Decides the sign of a node: its type by shape and colour together, its load by area.
import type { NodeType } from '@sourcewright/engine';
import { symbol, symbolCircle, symbolDiamond2, symbolSquare, symbolTriangle } from 'd3';

const SHAPES = { dc: symbolSquare, store: symbolCircle, vendor: symbolTriangle, '3pl': symbolDiamond2 } as const;

/** The outline of a node's sign with the given area in px². */
export function nodeShape(type: NodeType, area: number): string {
  return symbol(SHAPES[type], area)() ?? '';
}

/** The sign alone, for tables and legends. */
export function NodeSign({ type }: { readonly type: NodeType }) {
  return (
    <svg className="node-sign" width={14} height={14} viewBox="-7 -7 14 14" aria-hidden="true">
      <path className={`node node-${type}`} d={nodeShape(type, 80)} />
    </svg>
  );
}
