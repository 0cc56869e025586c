// Decides which limits the orders of a wave share in its program: units of a stock row by a day, shipments and units of a node a day.
// Also what rises with that use, in steps. Leaves what an order may do alone to the builder; what all orders together cannot
// reach is left out.
import { dateOf } from '../base/time.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { CostSteps } from '../base/cost-steps.ts';
import type { MipDraft, MipEntry } from './mip-model.ts';
import { stockPeriods } from './stock-periods.ts';

/** A column that takes the whole quantity of a line. */
export interface LineUse {
  readonly order: string;
  readonly line: number;
  readonly column: number;
  readonly quantity: number;
}

interface DatedUse extends LineUse {
  readonly day: number;
}

interface NodeDay {
  readonly node: number;
  readonly day: number;
  readonly lines: LineUse[];
  readonly shipments: number[];
}

export class SharedRows {
  readonly #network: Network;
  readonly #ledger: Ledger;
  readonly #stock = new Map<StockRow, DatedUse[]>();
  readonly #nodeDays = new Map<string, NodeDay>();

  /** `ledger` is untouched. */
  constructor(network: Network, ledger: Ledger) {
    this.#network = network;
    this.#ledger = ledger;
  }

  useShipment(node: number, day: number, column: number): void {
    this.#nodeDay(node, day)?.shipments.push(column);
  }

  useLine(row: StockRow, day: number, use: LineUse): void {
    const uses = this.#stock.get(row);
    if (uses) uses.push({ ...use, day });
    else this.#stock.set(row, [{ ...use, day }]);
    this.#nodeDay(row.node, day)?.lines.push(use);
  }

  addTo(draft: MipDraft): void {
    const skuOf = new Map([...this.#network.rowsOf].flatMap(([sku, rows]) => rows.map((row) => [row, sku] as const)));
    for (const [row, uses] of this.#stock) {
      this.#addStock(draft, row, skuOf.get(row)!, uses);
      const name = [skuOf.get(row)!, this.#network.nodes[row.node]!.nodeId];
      addSteps(draft, 'o', name, this.#ledger.stockOutSteps(row), uses.map(entryOf), mostUnits(uses));
    }
    for (const nodeDay of this.#nodeDays.values()) this.#addCapacity(draft, nodeDay);
  }

  /** Taken up to the day before each receipt, and in all. */
  #addStock(draft: MipDraft, row: StockRow, sku: string, uses: readonly DatedUse[]): void {
    const { nodeId } = this.#network.nodes[row.node]!;
    let since = -Infinity;
    for (const { end, supply } of stockPeriods(row, this.#ledger)) {
      // Who is gone by the next receipt and was so by the last is under that one's tighter limit.
      const newcomers = uses.some(({ day }) => day > since && day <= end);
      since = end;
      if (!newcomers) continue;
      const own = uses.filter(({ day }) => day <= end);
      if (mostUnits(own) <= supply) continue;
      const name = ['stock', sku, nodeId, ...(end === Infinity ? [] : [dateOf(end)])];
      draft.row(name, '<=', supply, own.map(entryOf));
    }
  }

  #addCapacity(draft: MipDraft, { node, day, lines, shipments }: NodeDay): void {
    const name = [this.#network.nodes[node]!.nodeId, dateOf(day)];
    const most = this.#ledger.shipmentsLeft(node, day);
    const sent = shipments.map((column) => ({ column, value: 1 }));
    if (shipments.length > most) draft.row(['shipments', ...name], '<=', most, sent);
    const units = this.#ledger.unitsLeft(node, day);
    if (mostUnits(lines) > units) draft.row(['units', ...name], '<=', units, lines.map(entryOf));
    const shipmentSteps = this.#ledger.shipmentSteps(node, day);
    addSteps(draft, 'c', [...name, 'shipments'], shipmentSteps, sent, sent.length);
    addSteps(draft, 'c', [...name, 'units'], this.#ledger.unitSteps(node, day), lines.map(entryOf), mostUnits(lines));
  }

  /** Null where the node has no limits. */
  #nodeDay(node: number, day: number): NodeDay | null {
    if (!this.#network.nodes[node]!.capacity) return null;
    const key = `${node} ${day}`;
    let nodeDay = this.#nodeDays.get(key);
    if (!nodeDay) this.#nodeDays.set(key, (nodeDay = { node, day, lines: [], shipments: [] }));
    return nodeDay;
  }
}

/** Use ≤ what is free + a column for each step that costs: as steps rise, the cheapest fill up first. */
function addSteps(
  draft: MipDraft,
  kind: string,
  name: readonly string[],
  steps: CostSteps,
  use: readonly MipEntry[],
  most: number,
): void {
  let free = 0;
  let below = 0;
  const charged: MipEntry[] = [];
  for (const [index, { units, perUnitMicros }] of steps.entries()) {
    const width = Math.min(units, most - below);
    if (width <= 0) break;
    below += width;
    if (perUnitMicros === 0) free += width;
    else
      charged.push({
        column: draft.column([kind, ...name, String(index + 1)], perUnitMicros, width, false),
        value: -1,
      });
  }
  if (charged.length > 0) draft.row(['steps', kind, ...name], '<=', free, [...use, ...charged]);
}

/** A line is taken once, however many columns could take it. */
function mostUnits(uses: readonly LineUse[]): number {
  const seen = new Map(uses.map(({ order, line, quantity }) => [`${order}\n${line}`, quantity]));
  let units = 0;
  for (const quantity of seen.values()) units += quantity;
  return units;
}

function entryOf({ column, quantity }: LineUse): { column: number; value: number } {
  return { column, value: quantity };
}
