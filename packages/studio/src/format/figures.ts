// Decides which figures a run is judged by, how each is read, and which way is better. Home and Compare share them.
import type { Run } from '@sourcewright/server/contract';
import type { Direction } from './delta.ts';
import { spanText } from './date.ts';
import { amountText, currencySign, totalText } from './money.ts';
import { countText, decimalText, type Maybe, percentText, plural } from './number.ts';
import { weighsTogether } from './proof-words.ts';

export interface Figure {
  readonly id: string;
  readonly label: string;
  /** Shown once beside the label, such as the currency. */
  readonly unit: (currency: string) => string;
  readonly better: Direction;
  /** Null when the run has no such figure yet. */
  readonly value: (run: Run) => Maybe;
  readonly text: (value: Maybe) => string;
  /** How the size of a difference reads, without its sign. */
  readonly deltaText?: (size: number) => string;
  /** The count behind a share, or what the figure is made of. */
  readonly note?: (run: Run) => string | null;
}

const none = (): string => '';
const percentPoints = (size: number): string => `${percentText(size).replace('\u00a0%', '')} pp`;
const finePoints = (size: number): string => `${percentText(size, 2).replace('\u00a0%', '')} pp`;
const days = (value: Maybe): string => decimalText(value, 1);

export const FIGURES: readonly Figure[] = [
  {
    id: 'costPerOrder',
    label: 'Cost per order',
    unit: currencySign,
    better: 'lower',
    value: (run) => run.kpis?.costPerOrderMicros,
    text: amountText,
    note: (run) => run.kpis && `over ${plural(run.kpis.orders, 'order')}`,
  },
  {
    id: 'total',
    label: 'Total cost',
    unit: currencySign,
    better: 'lower',
    value: (run) => run.cost?.totalMicros,
    text: totalText,
    note: (run) => run.cost && `${totalText(run.cost.shippingMicros + run.cost.handlingMicros)} paid out`,
  },
  {
    id: 'shipmentsPerOrder',
    label: 'Shipments per order',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.shipmentsPerOrder,
    text: (value) => decimalText(value, 3),
    deltaText: (size) => decimalText(size, 3),
    note: (run) => run.kpis && plural(run.kpis.shipments, 'shipment'),
  },
  {
    id: 'splitRate',
    label: 'Split rate',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.splitRate,
    text: percentText,
    deltaText: percentPoints,
    note: (run) =>
      run.kpis && `${countText(run.kpis.splitOrders)} of ${plural(run.kpis.ordersShipped, 'order')} shipped`,
  },
  {
    id: 'onTimeInFull',
    label: 'On time in full',
    unit: none,
    better: 'higher',
    value: (run) => run.kpis?.onTimeInFullRate,
    text: percentText,
    deltaText: percentPoints,
    note: (run) => run.kpis && `${plural(run.kpis.lateOrders, 'order')} late`,
  },
  {
    id: 'unsourcedUnits',
    label: 'Unsourced units',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.unsourcedUnits,
    text: countText,
    note: (run) => run.kpis && `${percentText(1 - run.kpis.unitFillRate)} of ${countText(run.kpis.units)}`,
  },
  {
    id: 'gap',
    label: 'Optimality gap',
    unit: none,
    better: 'lower',
    value: (run) => run.proof?.gap,
    text: (value) => percentText(value, 2),
    deltaText: finePoints,
    note: (run) => run.proof && `proven bound ${totalText(run.proof.lowerBoundMicros)}`,
  },
];

/** Figures that only a side-by-side comparison shows. */
export const FURTHER_FIGURES: readonly Figure[] = [
  {
    id: 'ordersProven',
    label: 'Orders proven',
    unit: none,
    better: 'higher',
    // A strategy that weighs orders together proves the wave, not one order on what the others left.
    value: (run) =>
      run.kpis && run.kpis.orders > 0 && !weighsTogether(run.strategy) ? run.kpis.ordersProven / run.kpis.orders : null,
    text: percentText,
    deltaText: percentPoints,
    note: (run) => run.kpis && `${countText(run.kpis.ordersProven)} of ${countText(run.kpis.orders)}`,
  },
  {
    id: 'shipments',
    label: 'Shipments',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.shipments,
    text: countText,
  },
  { id: 'parcels', label: 'Parcels', unit: none, better: 'lower', value: (run) => run.kpis?.parcels, text: countText },
  {
    id: 'lateOrders',
    label: 'Late orders',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.lateOrders,
    text: countText,
  },
  {
    id: 'lateShipments',
    label: 'Late shipments',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.lateShipments,
    text: countText,
  },
  {
    id: 'ordersWithUnsourced',
    label: 'Orders with unsourced units',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.ordersWithUnsourced,
    text: countText,
  },
  {
    id: 'daysMean',
    label: 'Days to deliver, mean',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.daysToDeliver.mean,
    text: (value) => decimalText(value, 2),
    deltaText: (size) => decimalText(size, 2),
  },
  {
    id: 'daysP50',
    label: 'Days to deliver, median',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.daysToDeliver.p50,
    text: days,
  },
  {
    id: 'daysP90',
    label: 'Days to deliver, 90th percentile',
    unit: none,
    better: 'lower',
    value: (run) => run.kpis?.daysToDeliver.p90,
    text: days,
  },
  {
    id: 'elapsed',
    label: 'Time to compute',
    unit: none,
    better: 'lower',
    value: (run) => run.elapsedMs,
    text: spanText,
  },
];
