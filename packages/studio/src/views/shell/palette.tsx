// Decides the palette: finds screens, runs, nodes and orders by a few letters, and goes there.
import { type KeyboardEvent, useState } from 'react';
import { nodeTypeLabel, runName, strategyLabel } from '../../format/words.ts';
import { useNodes } from '../../state/nodes.ts';
import { useTopOrders } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { hrefHere, hrefOf, navigate, usePlace } from '../../state/url-state.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SCREENS } from './rail.tsx';

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly note: string;
  readonly href: string;
}

const MOST_OF_A_KIND = 6;

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const entries = useEntries(text.trim());
  const chosen = Math.min(at, entries.length - 1);
  const open = (entry: Entry | undefined): void => {
    if (!entry) return;
    onClose();
    navigate(entry.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(entries.length - 1, chosen + step)));
    else if (event.key === 'Enter') open(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label="Find" onClose={onClose}>
      <div className="palette">
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to be typed into
          autoFocus
          type="text"
          role="combobox"
          aria-label="Find an order, node, run or screen"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={entries[chosen] && `palette-${entries[chosen].id}`}
          placeholder="Order, node, run or screen"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <ul id="palette-list" role="listbox" aria-label="Found">
          {entries.map((entry, index) => (
            <li
              key={entry.id}
              id={`palette-${entry.id}`}
              role="option"
              aria-selected={index === chosen}
              onClick={() => open(entry)}
              onMouseMove={() => setAt(index)}
            >
              <span className="muted">{entry.kind}</span>
              <span>{entry.label}</span>
              <span className="muted note">{entry.note}</span>
            </li>
          ))}
        </ul>
        {entries.length === 0 && <p className="muted none">Nothing found. Try an order id, a postcode or a node.</p>}
      </div>
    </Dialog>
  );
}

function useEntries(text: string): readonly Entry[] {
  const place = usePlace();
  const { run, runs } = useSelection();
  const nodes = useNodes();
  const orders = useTopOrders(text.length >= 2 ? (run?.runId ?? null) : null, { q: text }, MOST_OF_A_KIND);
  const fits = (...words: readonly string[]): boolean =>
    words.some((word) => word.toLowerCase().includes(text.toLowerCase()));
  const screens = SCREENS.filter((screen) => fits(screen.label)).map((screen) => ({
    id: `screen-${screen.name}`,
    kind: 'Screen',
    label: screen.label,
    note: `g ${screen.key}`,
    href: hrefOf(place, screen.name),
  }));
  const nodeEntries = nodes.list
    .filter((node) => fits(node.name, node.nodeId))
    .slice(0, MOST_OF_A_KIND)
    .map((node) => ({
      id: `node-${node.nodeId}`,
      kind: 'Node',
      label: node.name,
      note: nodeTypeLabel(node.type),
      href: hrefOf(place, 'map', { node: node.nodeId }),
    }));
  const runEntries = runs
    .filter((one) => one.status === 'done' && fits(runName(one), strategyLabel(one.strategy)))
    .slice(0, MOST_OF_A_KIND)
    .map((one) => ({
      id: `run-${one.runId}`,
      kind: 'Run',
      label: runName(one),
      note: 'show this run',
      href: hrefHere(place, { run: one.runId }),
    }));
  const orderEntries = (orders.data?.orders ?? []).map((order) => ({
    id: `order-${order.orderId}`,
    kind: 'Order',
    label: order.orderId,
    note: [order.postcode, order.region].filter(Boolean).join(' · '),
    href: hrefOf(place, 'orders', {}, order.orderId),
  }));
  return [...screens, ...orderEntries, ...nodeEntries, ...runEntries];
}
