// Decides how the map answers: drag and wheel move it, buttons too, hovering names what lies there, a click chooses a node.
import { select, zoom, zoomIdentity, type ZoomBehavior } from 'd3';
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { FlowMap, type FlowMapOptions, IDENTITY } from './flow-map.tsx';
import { type Hit, hitAt, type MapLayout } from './map-layout.ts';

export interface ZoomableMapProps {
  readonly layout: MapLayout;
  readonly options: Omit<FlowMapOptions, 'transform' | 'hovered'>;
  /** The exact values of what lies under the pointer. */
  readonly tip: (hit: Hit) => ReactNode;
  readonly onPick: (hit: Hit | null) => void;
}

interface Hover {
  readonly hit: Hit;
  readonly x: number;
  readonly y: number;
}

const ZOOM_STEP = 1.6;
const TIP_WIDTH = 230;

export function ZoomableMap({ layout, options, tip, onPick }: ZoomableMapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const behaviour = useRef<ZoomBehavior<HTMLDivElement, unknown>>(null);
  const [view, setView] = useState(IDENTITY);
  const [hover, setHover] = useState<Hover | null>(null);
  const { width, height } = options;

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const zooming = zoom<HTMLDivElement, unknown>()
      .scaleExtent([1, 24])
      .translateExtent([
        [0, 0],
        [width, height],
      ])
      .extent([
        [0, 0],
        [width, height],
      ])
      .on('zoom', (event: { transform: { k: number; x: number; y: number } }) => {
        const { k, x, y } = event.transform;
        setView({ k, x, y });
      });
    behaviour.current = zooming;
    const selection = select(element).call(zooming).on('dblclick.zoom', null);
    return () => void selection.on('.zoom', null);
  }, [width, height]);

  const pointOf = (event: MouseEvent): { x: number; y: number } => {
    const box = frame.current!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const under = (event: MouseEvent): Hover | null => {
    const { x, y } = pointOf(event);
    const hit = hitAt(layout, (x - view.x) / view.k, (y - view.y) / view.k, 1 / view.k);
    return hit && { hit, x, y };
  };
  const change = (factor: number | null): void => {
    if (!frame.current || !behaviour.current) return;
    const selection = select(frame.current);
    if (factor === null) behaviour.current.transform(selection, zoomIdentity);
    else behaviour.current.scaleBy(selection, factor);
  };

  return (
    <div className="zoomable" style={{ height }}>
      <div
        ref={frame}
        className={hover ? 'zoom-frame pointing' : 'zoom-frame'}
        onMouseMove={(event) => event.buttons === 0 && setHover(under(event))}
        onMouseLeave={() => setHover(null)}
        onClick={(event) => onPick(under(event)?.hit ?? null)}
      >
        <FlowMap layout={layout} options={{ ...options, transform: view, hovered: hover?.hit ?? null }} />
      </div>
      {hover && (
        <div className="map-tip" style={tipPlace(hover, width, height)}>
          {tip(hover.hit)}
        </div>
      )}
      <div className="zoom-buttons" role="group" aria-label="Zoom">
        <button type="button" aria-label="Zoom in" onClick={() => change(ZOOM_STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => change(1 / ZOOM_STEP)}>
          −
        </button>
        <button type="button" aria-label="Show the whole map" disabled={view.k === 1} onClick={() => change(null)}>
          ⤢
        </button>
      </div>
    </div>
  );
}

function tipPlace({ x, y }: Hover, width: number, height: number) {
  return {
    left: x + 14 + TIP_WIDTH > width ? undefined : x + 14,
    right: x + 14 + TIP_WIDTH > width ? width - x + 14 : undefined,
    top: y > height - 150 ? undefined : y + 10,
    bottom: y > height - 150 ? height - y + 10 : undefined,
    width: TIP_WIDTH,
  };
}
