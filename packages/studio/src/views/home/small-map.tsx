// Decides the map on Home: the same drawing as the screen Map, small and still; a click opens the screen.
import type { Run } from '@sourcewright/server/contract';
import { useMemo } from 'react';
import { FlowMap, IDENTITY } from '../../charts/flow-map.tsx';
import { layoutMap } from '../../charts/map-layout.ts';
import { useWidth } from '../../charts/use-width.ts';
import { loadFinding } from '../../format/findings.ts';
import { useFlows } from '../../state/queries.ts';
import { mapDataOf, useOutline } from '../../state/map-data.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const HEIGHT = 270;

export function SmallMap({ run }: { readonly run: Run }) {
  const place = usePlace();
  const flows = useFlows(run.runId);
  const [ref, width] = useWidth<HTMLDivElement>(420);
  const data = useMemo(() => (flows.data ? mapDataOf(flows.data, 'units', null) : null), [flows.data]);
  const outline = useOutline(data);
  const layout = useMemo(
    () => data && layoutMap(data, outline, { width, height: HEIGHT, padding: 22, largestNodeArea: 420 }),
    [data, outline, width],
  );
  if (flows.error) return <ErrorNotice error={flows.error} onRetry={() => void flows.refetch()} />;
  if (flows.data && data && (data.nodes.length === 0 || data.areas.length === 0)) {
    return (
      <section>
        <h2>No map for this dataset</h2>
        <p className="muted">Its nodes or destinations have no coordinates.</p>
        <a href={hrefOf(place, 'map')}>Nodes as a table</a>
      </section>
    );
  }
  const loads = flows.data?.nodes.map((node) => ({ name: node.name, value: node.kpis.units })) ?? [];
  return (
    <section className="small-map">
      <div className="head">
        <h2>{flows.data ? loadFinding(loads, 'ships', 'shipped units') : 'Flows from nodes to areas'}</h2>
        <a href={hrefOf(place, 'map')}>Open map</a>
      </div>
      <p className="muted">Units shipped from nodes to areas</p>
      <div ref={ref}>
        {layout ? (
          <a href={hrefOf(place, 'map')} tabIndex={-1} aria-hidden="true">
            <FlowMap
              layout={layout}
              options={{
                width,
                height: HEIGHT,
                label: 'Nodes and the areas they ship to',
                late: false,
                selectedNodeId: null,
                hovered: null,
                transform: IDENTITY,
                legend: null,
              }}
            />
          </a>
        ) : (
          <Skeleton height={HEIGHT} />
        )}
      </div>
    </section>
  );
}
