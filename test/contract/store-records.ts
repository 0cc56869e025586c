// Records that the tests of a store keep: scenarios, runs and results, small and made up.
import { DEFAULT_LIMITS, type Plan } from '@sourcewright/engine';
import type { NewRun, NewScenario, OrderResult, RunResult } from '../../packages/server/src/store/store.ts';
import { policy } from '../server/support/scenario.ts';

export const AT = '2026-03-02T10:00:00.000Z';
export const LATER = '2026-03-02T10:00:05.000Z';

export const scenario = (scenarioId: string, title = scenarioId): NewScenario => ({
  summary: {
    scenarioId,
    title,
    currency: 'GBP',
    timeZone: 'Europe/London',
    asOf: AT,
    orders: 3,
    lines: 4,
    nodes: 1,
    items: 2,
    firstPlacedAt: AT,
    lastPlacedAt: AT,
    createdAt: AT,
  },
  policy,
  nodeList: [
    {
      nodeId: 'A',
      name: 'Place A',
      type: 'dc',
      status: 'open',
      region: null,
      postcode: null,
      location: { lat: 1.5, lon: -2.5 },
      capacity: null,
      skusStocked: 2,
      unitsOnHand: 9,
      services: ['standard'],
    },
  ],
  document: new Uint8Array([31, 139, 0, 255]),
  orders: [
    order('O-1', 'North', 'NO1', 'o-1\nno1\nnorth\nfine lantern'),
    { ...order('O-2', null, null, 'o-2\nkettle 100%_'), fulfilment: 'pickup', collectAt: 'A' },
    order('O-3', 'Süd', 'SU9', 'o-3\nsüd\nsu9\nfine kettle'),
  ],
});

const order = (orderId: string, region: string | null, postcode: string | null, search: string) => ({
  orderId,
  placedAt: AT,
  region,
  postcode,
  fulfilment: 'ship' as const,
  collectAt: null,
  lines: 1,
  units: 2,
  search,
});

export const run = (runId: string, scenarioId: string): NewRun => ({
  runId,
  scenarioId,
  name: `Run ${runId}`,
  strategy: 'nearest',
  policy: { ...policy, strategy: 'nearest' },
  limits: DEFAULT_LIMITS,
  deadlineMs: null,
  createdAt: AT,
});

const kpis = { orders: 3, costPerOrderMicros: 7, nodes: [] } as unknown as Plan['kpis'];
const cost = { totalMicros: 9_007_199_254_740_991 } as Plan['cost'];
export const figures = {
  degraded: null,
  kpis,
  cost,
  proof: { lowerBoundMicros: 1, gap: 0.25, proven: false },
  tiers: [],
  effort: null,
  basis: { engineVersion: '1' } as Plan['basis'],
};

export const outcome = (orderId: string, some: Partial<OrderResult> = {}): OrderResult => ({
  orderId,
  shipments: 1,
  nodeIds: ['A'],
  costMicros: 100,
  unsourcedUnits: 0,
  lateDays: 0,
  deliveryDays: 2,
  gap: 0,
  proven: true,
  choiceHash: 'same',
  ...some,
});

export const result = (runId: string, orders: readonly OrderResult[]): RunResult => ({
  runId,
  figures,
  plan: new Uint8Array([1, 2, 3]),
  orders,
  areas: [
    { areaId: 'North', collectAt: null, lat: 54.9, lon: -1.6, orders: 2, units: 4, costMicros: 200, lateShipments: 1 },
    { areaId: 'GB', collectAt: 'A', lat: null, lon: null, orders: 1, units: 0, costMicros: 0, lateShipments: 0 },
  ],
  flows: [{ nodeId: 'A', areaId: 'North', orders: 2, shipments: 3, units: 4, costMicros: 200, lateShipments: 1 }],
  prices: [
    { kind: 'stock', nodeId: 'B', sku: 'k', name: null, shipOn: null, supply: 3, unitMicros: 900 },
    { kind: 'shipments', nodeId: 'A', sku: null, name: null, shipOn: '2026-03-04', supply: 0, unitMicros: 700 },
    { kind: 'stock', nodeId: 'A', sku: 'l', name: 'Fine lantern', shipOn: null, supply: 1, unitMicros: 700 },
  ],
  trace: [
    { elapsedMs: 4, costMicros: null, lowerBoundMicros: 3 },
    { elapsedMs: 9, costMicros: 8, lowerBoundMicros: 3 },
  ],
  finishedAt: LATER,
});

export const ALL = { q: '', filter: 'all', nodeId: null, sort: 'orderId', dir: 'asc', offset: 0, limit: 10 } as const;
export const END = {
  error: null,
  finishedAt: LATER,
  progress: { stage: 'solve', done: 2, total: 3, costMicros: 55 },
} as const;
