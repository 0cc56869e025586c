// Decides the screen Map: what flows from which node to which area, by units, cost or lateness, with the nodes as a table beside it.
import './map.css';
import type { FlowMap as Flows, Run } from '@sourcewright/server/contract';
import { useCallback, useMemo } from 'react';
import { layoutMap } from '../../charts/map-layout.ts';
import { useWidth } from '../../charts/use-width.ts';
import { ZoomableMap } from '../../charts/zoomable-map.tsx';
import { loadFinding } from '../../format/findings.ts';
import { moneyText, totalText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { runName, nodeTypeLabel } from '../../format/words.ts';
import { asMeasure, mapDataOf, type Measure, nodeValue, useOutline } from '../../state/map-data.ts';
import { useFlows } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { useEscape } from '../../state/shortcuts.ts';
import { hrefHere, hrefOf, navigate, type Query, usePlace } from '../../state/url-state.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { AreaTable } from './area-table.tsx';
import { MapTip } from './map-tip.tsx';
import { NodeTable } from './node-table.tsx';
import { Picked } from './picked.tsx';
import { useHeight } from './use-height.ts';

const MEASURE_OPTIONS = [
  { value: 'units', label: 'Units' },
  { value: 'cost', label: 'Cost' },
  { value: 'late', label: 'Late' },
] as const;

export function MapView() {
  const place = usePlace();
  const { run } = useSelection();
  const flows = useFlows(run?.runId ?? null);
  if (!run) {
    return (
      <Notice
        wholeScreen
        title="No finished run to map"
        actions={
          <a className="button primary" href={hrefOf(place, 'runs')}>
            Start a run
          </a>
        }
      >
        <p>The map shows which node ships how much to which area in a finished run.</p>
      </Notice>
    );
  }
  if (flows.error) return <ErrorNotice wholeScreen error={flows.error} onRetry={() => void flows.refetch()} />;
  if (!flows.data) return <SkeletonRows rows={14} label="Loading the map" />;
  return <MapScreen run={run} flows={flows.data} />;
}

function MapScreen({ run, flows }: { readonly run: Run; readonly flows: Flows }) {
  const place = usePlace();
  const measure = asMeasure(place.query.measure);
  const node = flows.nodes.find((one) => one.nodeId === place.query.node) ?? null;
  const area = flows.areas.find((one) => one.areaId === place.query.area) ?? null;
  const go = useCallback((query: Query): void => navigate(hrefHere(place, query)), [place]);
  const clear = useCallback(() => go({ node: '', area: '' }), [go]);
  useEscape(node || area ? clear : null);
  const drawable = flows.nodes.some((one) => one.location) && flows.areas.some((one) => one.lat !== null);
  return (
    <div className={drawable ? 'map-screen' : 'map-screen tables-only'}>
      <div className="map-side">
        <header className="map-head">
          <h1>{finding(flows, measure, node?.nodeId ?? null, run.currency)}</h1>
          <p className="muted">{subtitle(run, measure)}</p>
        </header>
        <div className="map-tools">
          <Segments
            label="Measure"
            value={measure}
            options={MEASURE_OPTIONS}
            onChange={(value) => go({ measure: value })}
          />
          <select
            className="select"
            aria-label="Node"
            value={node?.nodeId ?? ''}
            onChange={(event) => go({ node: event.target.value, area: '' })}
          >
            <option value="">All {flows.nodes.length} nodes</option>
            {flows.nodes.map((one) => (
              <option key={one.nodeId} value={one.nodeId}>
                {one.name}
              </option>
            ))}
          </select>
          {(node || area) && (
            <button type="button" className="button quiet" onClick={clear}>
              Clear <kbd>Esc</kbd>
            </button>
          )}
        </div>
        <Picked run={run} flows={flows} node={node} area={area} />
        <div className="map-table">
          {node ? (
            <AreaTable
              run={run}
              flows={flows}
              nodeId={node.nodeId}
              selected={area?.areaId ?? null}
              onPick={(areaId) => go({ area: areaId })}
            />
          ) : (
            <NodeTable run={run} nodes={flows.nodes} onPick={(nodeId) => go({ node: nodeId, area: '' })} />
          )}
        </div>
      </div>
      {drawable ? (
        <MapPane run={run} flows={flows} measure={measure} nodeId={node?.nodeId ?? null} go={go} />
      ) : (
        <Notice title="No map for this dataset">
          <p>
            Its nodes or destinations have no coordinates, so there is nothing to draw. The table has the same figures;
            open a row to see where that node ships to.
          </p>
        </Notice>
      )}
    </div>
  );
}

interface MapPaneProps {
  readonly run: Run;
  readonly flows: Flows;
  readonly measure: Measure;
  readonly nodeId: string | null;
  readonly go: (query: Query) => void;
}

function MapPane({ run, flows, measure, nodeId, go }: MapPaneProps) {
  const [widthRef, width] = useWidth<HTMLDivElement>(720);
  const height = useHeight(widthRef, 640);
  const data = useMemo(() => mapDataOf(flows, measure, nodeId), [flows, measure, nodeId]);
  const everything = useMemo(() => mapDataOf(flows, 'units', null), [flows]);
  const outline = useOutline(everything);
  const layout = useMemo(
    () => layoutMap(data, outline, { width, height, padding: 34, largestNodeArea: 1500 }),
    [data, outline, width, height],
  );
  const valueText = (value: number): string =>
    measure === 'cost'
      ? moneyText(value, run.currency)
      : measure === 'late'
        ? `${countText(Math.round(value))} late`
        : plural(Math.round(value), 'unit');
  return (
    <div className="map-pane" ref={widthRef}>
      <ZoomableMap
        layout={layout}
        options={{
          width,
          height,
          label: `${finding(flows, measure, nodeId, run.currency)}. The same figures are in the table.`,
          late: measure === 'late',
          selectedNodeId: nodeId,
          legend: {
            flow: measure === 'late' ? 'Flow: late shipments' : `Flow: ${measure}`,
            node: measure === 'late' ? 'Node, size by late shipments' : `Node, size by ${measure}`,
            valueText,
            whole: measure !== 'cost',
            typeLabel: nodeTypeLabel,
          },
        }}
        tip={(hit) => <MapTip hit={hit} flows={flows} currency={run.currency} />}
        onPick={(hit) => {
          if (hit?.kind === 'node') go({ node: hit.nodeId === nodeId ? '' : hit.nodeId, area: '' });
          else if (hit?.kind === 'area') go({ area: hit.areaId });
          else if (hit?.kind === 'flow') go({ node: hit.nodeId, area: hit.areaId });
        }}
      />
      {outline && <p className="map-source">Coast: {outline.source}</p>}
    </div>
  );
}

/** Of all nodes the share of the largest; of a chosen one what it does. */
function finding(flows: Flows, measure: Measure, nodeId: string | null, currency: string): string {
  const node = flows.nodes.find((one) => one.nodeId === nodeId);
  if (node) return nodeFinding(node, measure, currency);
  const loads = flows.nodes.map((one) => ({ name: one.name, value: nodeValue(one, measure) }));
  if (measure === 'late') return loadFinding(loads, 'sends', 'late shipments');
  return measure === 'cost'
    ? loadFinding(loads, 'carries', 'shipment cost')
    : loadFinding(loads, 'ships', 'shipped units');
}

function nodeFinding({ name, kpis }: Flows['nodes'][number], measure: Measure, currency: string): string {
  const { shipments, units, costMicros, lateShipments } = kpis;
  if (shipments === 0) return `${name} ships nothing`;
  const all = plural(shipments, 'shipment');
  if (measure === 'late') return `${name} ships ${countText(lateShipments)} of ${all} late`;
  if (measure === 'cost') return `${name} ships for ${moneyText(costMicros, currency)} in ${all}`;
  return `${name} ships ${plural(units, 'unit')} in ${all}`;
}

function subtitle(run: Run, measure: Measure): string {
  const what = {
    units: 'Units shipped',
    cost: `Cost of shipments, ${totalText(shipped(run))} ${run.currency}`,
    late: 'Shipments that arrive after the promise',
  }[measure];
  return `${what}; ${runName(run)}, ${plural(run.kpis?.shipments ?? 0, 'shipment')}`;
}

function shipped(run: Run): number {
  return run.kpis?.nodes.reduce((sum, node) => sum + node.costMicros, 0) ?? 0;
}
