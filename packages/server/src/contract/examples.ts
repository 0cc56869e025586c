// Decides the examples that the OpenAPI document shows. One small story: two gifts from one warehouse.
// Every example is checked against its schema by a test.
import type { Explanation, OrderPlan, Plan, Policy, Scenario } from '@sourcewright/engine';
import type { Compare, OrderDeltaList } from './compare-wire.ts';
import type { FlowMap } from './flow-wire.ts';
import type { Health } from './health-wire.ts';
import type { OrderDetail, OrderList } from './order-wire.ts';
import type { PlanRequest, PlanResponse } from './plan-wire.ts';
import type { PriceList } from './price-wire.ts';
import type { CreateRun, Run } from './run-wire.ts';
import type { NodeView, ScenarioDetail, ScenarioSummary } from './scenario-wire.ts';
import type { Trace } from './trace-wire.ts';

const policy: Policy = {
  policyId: 'house-rules',
  version: 1,
  name: 'House rules',
  strategy: 'fcfs-exact',
  goals: {
    splitMicros: 500_000,
    latenessPerDayMicros: 1_000_000,
    unsourced: { perUnitMicros: 5_000_000, valuePercent: 100 },
  },
  promise: { defaultDays: 5 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 2 },
};

export const exampleScenario: Scenario = {
  scenarioId: 'two-gifts',
  title: 'Two gifts',
  synthetic: ['all of it'],
  compare: ['fcfs-exact', 'nearest'],
  snapshot: {
    currency: 'GBP',
    timeZone: 'Europe/London',
    asOf: '2011-11-14T00:00:00Z',
    nodes: [
      {
        nodeId: 'DAV',
        name: 'Daventry DC',
        type: 'dc',
        location: { lat: 52.26, lon: -1.16 },
        region: 'Northamptonshire',
        calendarId: 'weekdays',
        rateCardIds: ['parcel-standard'],
        capacity: { shipmentsPerDay: 200 },
        handling: { perShipmentMicros: 800_000, perLineMicros: 150_000 },
      },
    ],
    items: [{ sku: '85123A', name: 'Hanging heart tea-light holder', weightGrams: 250, priceMicros: 2_550_000 }],
    stock: [{ sku: '85123A', nodeId: 'DAV', onHand: 40 }],
    calendars: [
      { calendarId: 'weekdays', timeZone: 'Europe/London', workingWeekdays: [1, 2, 3, 4, 5], cutoff: '14:00' },
    ],
    rateCards: [
      {
        rateCardId: 'parcel-standard',
        name: 'Parcel, standard',
        service: 'standard',
        deliveryWeekdays: [1, 2, 3, 4, 5],
        zones: [{ zone: 'mainland', transitDays: 2, bands: [{ fixedMicros: 2_400_000, perKgMicros: 400_000 }] }],
      },
    ],
  },
  orders: [
    {
      orderId: '536412',
      placedAt: '2011-11-14T09:02:00Z',
      destination: { country: 'GB', region: 'Leicestershire', postcode: 'LE1', lat: 52.63, lon: -1.13 },
      lines: [{ lineId: '1', sku: '85123A', quantity: 2, unitPriceMicros: 2_550_000 }],
    },
  ],
  policy,
};

const { snapshot: _snapshot, orders: _orders, policy: _policy, ...info } = exampleScenario;

export const exampleSummary: ScenarioSummary = {
  ...info,
  currency: 'GBP',
  timeZone: 'Europe/London',
  asOf: '2011-11-14T00:00:00Z',
  orders: 1,
  lines: 1,
  nodes: 1,
  items: 1,
  firstPlacedAt: '2011-11-14T09:02:00Z',
  lastPlacedAt: '2011-11-14T09:02:00Z',
  createdAt: '2026-03-02T10:00:00.000Z',
};

const nodeView: NodeView = {
  nodeId: 'DAV',
  name: 'Daventry DC',
  type: 'dc',
  status: 'open',
  region: 'Northamptonshire',
  postcode: null,
  location: { lat: 52.26, lon: -1.16 },
  capacity: { shipmentsPerDay: 200, unitsPerDay: null },
  skusStocked: 1,
  unitsOnHand: 40,
  services: ['standard'],
};

export const exampleDetail: ScenarioDetail = { ...exampleSummary, policy, nodeList: [nodeView] };

const cost = {
  shippingMicros: 2_600_000,
  handlingMicros: 950_000,
  splitMicros: 0,
  latenessMicros: 0,
  speedMicros: 0,
  capacityMicros: 0,
  stockOutMicros: 0,
  riskMicros: 0,
  preferenceMicros: 0,
  unsourcedMicros: 0,
  totalMicros: 3_550_000,
};
const proof = { lowerBoundMicros: 3_550_000, gap: 0, proven: true };

const orderPlan: OrderPlan = {
  orderId: '536412',
  promiseBy: '2011-11-19',
  shipments: [
    {
      shipmentId: '536412#1',
      nodeId: 'DAV',
      rateCardId: 'parcel-standard',
      service: 'standard',
      zone: 'mainland',
      shipOn: '2011-11-14',
      deliverOn: '2011-11-16',
      lateDays: 0,
      deliveryDays: 2,
      distanceKm: 41.2,
      parcels: 1,
      weightGrams: 500,
      lines: [{ lineId: '1', sku: '85123A', quantity: 2 }],
      cost,
    },
  ],
  unsourced: [],
  cost,
  proof,
  method: 'subset-program',
};

const nodeKpis = {
  nodeId: 'DAV',
  shipments: 1,
  lines: 1,
  units: 2,
  lateShipments: 0,
  costMicros: 3_550_000,
  peakUtilisation: 0.005,
  coverWeeksBefore: null,
  coverWeeksAfter: null,
};

export const examplePlan: Plan = {
  basis: {
    engineVersion: '0.1.0',
    snapshotHash: '2f1c7f0fd3a6b1fb53a0c3f8d0e2a9b4',
    ordersHash: '9b0c6a54b7aa7f5f4b6d7d1f7a0cc1e2',
    policyHash: 'c0a86e1d5a0b4d0f8f0e7c6b5a493827',
    asOf: '2011-11-14T00:00:00Z',
    limits: {
      orderWork: 20_000,
      waveWork: 24_000_000,
      targetGap: 0.00002,
      shipDaysPerNode: 4,
      maxOrders: 1_000_000,
      seed: 1,
    },
  },
  strategy: 'fcfs-exact',
  currency: 'GBP',
  orders: [orderPlan],
  cost,
  proof,
  kpis: {
    orders: 1,
    lines: 1,
    units: 2,
    shipments: 1,
    parcels: 1,
    ordersShipped: 1,
    splitOrders: 0,
    lateOrders: 0,
    lateShipments: 0,
    unsourcedUnits: 0,
    unsourcedLines: 0,
    ordersWithUnsourced: 0,
    costPerOrderMicros: 3_550_000,
    shipmentsPerOrder: 1,
    splitRate: 0,
    unitFillRate: 1,
    onTimeInFullRate: 1,
    daysToDeliver: { mean: 2, p50: 2, p90: 2 },
    ordersProven: 1,
    nodes: [nodeKpis],
  },
  tiers: [{ name: 'cost', objectiveMicros: 3_550_000, lowerBoundMicros: 3_550_000, gap: 0, limitMicros: null }],
  effort: { work: 2, rounds: 1, stopped: 'last-order' },
  prices: [],
  rules: [{ rule: 'no heavy goods by bike', effect: 'exclude', asked: 12, held: 1, changed: 1 }],
};

const explanation: Explanation = {
  orderId: '536412',
  summary: ['Daventry DC ships the order in one shipment for 3.55.'],
  split: null,
  runnerUp: null,
  rules: [],
  lines: [
    {
      id: 'lines/1',
      lineId: '1',
      sku: '85123A',
      quantity: 2,
      chosen: [{ nodeId: 'DAV', service: 'standard', shipOn: '2011-11-14', deliverOn: '2011-11-16', quantity: 2 }],
      runnerUp: null,
      unsourced: null,
      rejections: [],
      sentence: 'Daventry DC ships 2 of 85123A: no other node stocks it.',
    },
  ],
  cost,
  proof,
};

export const exampleCreateRun: CreateRun = { scenarioId: 'two-gifts', strategy: 'fcfs-exact', name: 'Least cost' };

export const exampleQueuedRun: Run = {
  runId: 'r-4k2m9x7qd1',
  scenarioId: 'two-gifts',
  name: 'Least cost',
  strategy: 'fcfs-exact',
  status: 'queued',
  progress: { stage: null, done: 0, total: 1, costMicros: 0 },
  createdAt: '2026-03-02T10:00:01.000Z',
  startedAt: null,
  finishedAt: null,
  elapsedMs: null,
  error: null,
  deadlineMs: null,
  degraded: null,
  currency: 'GBP',
  kpis: null,
  cost: null,
  proof: null,
  tiers: null,
  effort: null,
  basis: null,
  policy: { policyId: 'house-rules', version: 1, name: 'House rules' },
};

export const exampleRun: Run = {
  ...exampleQueuedRun,
  status: 'done',
  progress: { stage: null, done: 1, total: 1, costMicros: 3_550_000 },
  startedAt: '2026-03-02T10:00:01.010Z',
  finishedAt: '2026-03-02T10:00:01.060Z',
  elapsedMs: 50,
  kpis: examplePlan.kpis,
  cost,
  proof,
  tiers: examplePlan.tiers,
  effort: examplePlan.effort,
  basis: examplePlan.basis,
};

export const exampleCancelledRun: Run = {
  ...exampleQueuedRun,
  status: 'cancelled',
  finishedAt: '2026-03-02T10:00:01.500Z',
  elapsedMs: 0,
};

export const exampleOrderList: OrderList = {
  orders: [
    {
      orderId: '536412',
      placedAt: '2011-11-14T09:02:00Z',
      region: 'Leicestershire',
      postcode: 'LE1',
      fulfilment: 'ship',
      collectAt: null,
      lines: 1,
      units: 2,
      shipments: 1,
      nodeIds: ['DAV'],
      costMicros: 3_550_000,
      unsourcedUnits: 0,
      lateDays: 0,
      deliveryDays: 2,
      gap: 0,
      proven: true,
    },
  ],
  total: 1,
  nextCursor: null,
};

export const exampleOrdersCsv =
  'orderId,placedAt,region,postcode,fulfilment,collectAt,lines,units,shipments,nodeIds,costMicros,currency,unsourcedUnits,lateDays,deliveryDays,gap,proven\r\n' +
  '536412,2011-11-14T09:02:00Z,Leicestershire,LE1,ship,,1,2,1,DAV,3550000,GBP,0,0,2,0,true\r\n';

export const exampleOrderDetail: OrderDetail = {
  order: exampleScenario.orders[0]!,
  orderPlan,
  explanation,
  items: { '85123A': { name: 'Hanging heart tea-light holder' } },
  nodes: { DAV: { name: 'Daventry DC', type: 'dc', location: { lat: 52.26, lon: -1.16 }, cutoff: '14:00' } },
  currency: 'GBP',
};

export const exampleFlowMap: FlowMap = {
  nodes: [{ ...nodeView, kpis: nodeKpis }],
  areas: [
    {
      areaId: 'Leicestershire',
      collectAt: null,
      lat: 52.63,
      lon: -1.13,
      orders: 1,
      units: 2,
      costMicros: 3_550_000,
      lateShipments: 0,
    },
  ],
  flows: [{ nodeId: 'DAV', areaId: 'Leicestershire', shipments: 1, units: 2, costMicros: 3_550_000, lateShipments: 0 }],
};

export const examplePriceList: PriceList = {
  currency: 'GBP',
  total: 2,
  nextCursor: null,
  prices: [
    {
      kind: 'stock',
      nodeId: 'DAV',
      sku: '85123A',
      shipOn: null,
      supply: 40,
      unitMicros: 3_200_000,
      name: 'Hanging heart tea-light holder',
      nodeName: 'Daventry DC',
    },
    {
      kind: 'shipments',
      nodeId: 'DAV',
      sku: null,
      shipOn: '2011-11-15',
      supply: 200,
      unitMicros: 1_100_000,
      name: null,
      nodeName: 'Daventry DC',
    },
  ],
};

export const exampleTrace: Trace = {
  currency: 'GBP',
  points: [
    { elapsedMs: 31, costMicros: 3_900_000, lowerBoundMicros: null },
    { elapsedMs: 38, costMicros: 3_900_000, lowerBoundMicros: 3_550_000 },
    { elapsedMs: 50, costMicros: 3_550_000, lowerBoundMicros: 3_550_000 },
  ],
};

export const exampleCompare: Compare = {
  baselineRunId: 'r-4k2m9x7qd1',
  runs: [exampleRun, { ...exampleRun, runId: 'r-8c3v5b1n0z', name: 'Nearest', strategy: 'nearest' }],
  comparisons: [
    {
      runId: 'r-8c3v5b1n0z',
      deltaMicros: 0,
      steps: [
        { term: 'shipping', deltaMicros: 0 },
        { term: 'handling', deltaMicros: 0 },
        { term: 'split', deltaMicros: 0 },
        { term: 'lateness', deltaMicros: 0 },
        { term: 'capacity', deltaMicros: 0 },
        { term: 'stockOut', deltaMicros: 0 },
        { term: 'preference', deltaMicros: 0 },
        { term: 'unsourced', deltaMicros: 0 },
      ],
      changedOrders: 0,
      cheaperOrders: 0,
      dearerOrders: 0,
    },
  ],
};

export const exampleOrderDeltas: OrderDeltaList = {
  orders: [
    {
      orderId: '536412',
      baselineCostMicros: 3_550_000,
      runCostMicros: 4_050_000,
      deltaMicros: 500_000,
      baselineNodeIds: ['DAV'],
      runNodeIds: ['LEI'],
      baselineShipments: 1,
      runShipments: 1,
      baselineUnsourcedUnits: 0,
      runUnsourcedUnits: 0,
    },
  ],
  total: 1,
  nextCursor: null,
};

export const examplePlanRequest: PlanRequest = { scenarioId: 'two-gifts', orderIds: ['536412'], explain: true };
export const examplePlanResponse: PlanResponse = { plan: examplePlan, explanations: [explanation], elapsedMs: 4 };
export const exampleHealth: Health = { status: 'ok', version: '0.1.0', uptimeSeconds: 12.5 };
