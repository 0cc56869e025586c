// Decides how the engine's plan is described on the wire. Held to the engine's own types by the compiler.
// Leaves what the figures mean to the engine's model.
import {
  type Afterwards,
  type Basis,
  type CostBreakdown,
  EFFECT_TYPES,
  type Effort,
  type Kpis,
  limitsSchema,
  type NodeKpis,
  type OrderPlan,
  type Plan,
  type Proof,
  type RuleUse,
  type ShadowPrice,
  type Shipment,
  STOP_REASONS,
  STRATEGY_OUTCOMES,
  type StrategyTrace,
  strategySchema,
  type TierResult,
  UNSOURCED_REASONS,
  type UnsourcedLine,
} from '@sourcewright/engine';
import { z } from 'zod';

const micros = z.int().meta({ description: 'Money in micros of the currency (1.00 = 1,000,000).' });
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const localDate = z.string().meta({ description: 'Local date, YYYY-MM-DD.', format: 'date' });

export const costBreakdownSchema: z.ZodType<CostBreakdown> = z
  .strictObject({
    shippingMicros: micros,
    handlingMicros: micros,
    splitMicros: micros,
    latenessMicros: micros,
    speedMicros: micros,
    capacityMicros: micros,
    stockOutMicros: micros,
    riskMicros: micros,
    preferenceMicros: micros,
    unsourcedMicros: micros,
    totalMicros: micros,
  })
  .meta({ id: 'CostBreakdown', description: 'Micros by term; the total is exactly the sum of the terms.' });

export const proofSchema: z.ZodType<Proof> = z
  .strictObject({ lowerBoundMicros: micros, gap: share, proven: z.boolean() })
  .meta({ id: 'Proof', description: 'gap = (cost − lower bound) / cost, 0 where the cost is 0.' });

export const shipmentSchema: z.ZodType<Shipment> = z
  .strictObject({
    shipmentId: z.string(),
    nodeId: z.string(),
    rateCardId: z.string(),
    service: z.string(),
    zone: z.string(),
    shipOn: localDate,
    deliverOn: localDate,
    collectAt: z.string().exactOptional(),
    arriveOn: localDate.exactOptional(),
    lateDays: count,
    expectedLateDays: z.number().min(0).exactOptional(),
    onTimeProbability: share.exactOptional(),
    deliveryDays: count,
    distanceKm: z.number().nullable(),
    parcels: count,
    weightGrams: z.number(),
    billableGrams: z.number().exactOptional(),
    lines: z.array(z.strictObject({ lineId: z.string(), sku: z.string(), quantity: count })),
    cost: costBreakdownSchema,
  })
  .meta({ id: 'Shipment' });

export const unsourcedLineSchema: z.ZodType<UnsourcedLine> = z
  .strictObject({
    lineId: z.string(),
    sku: z.string(),
    quantity: count,
    reason: z.enum(UNSOURCED_REASONS),
    costMicros: micros,
  })
  .meta({ id: 'UnsourcedLine' });

const afterwardsSchema: z.ZodType<Afterwards> = z
  .strictObject({
    rule: z.string(),
    because: z.string(),
    action: z.enum(['queue', 'cancel', 'next-strategy']),
    cancelAt: z.string().nullable().meta({ description: 'For `queue`: when the order is given up.' }),
    strategy: strategySchema.nullable().meta({ description: 'For `next-strategy`.' }),
  })
  .meta({ id: 'Afterwards', description: 'What a rule says is to be done with unsourced units.' });

const strategyTraceSchema: z.ZodType<StrategyTrace> = z
  .strictObject({
    strategy: z.string(),
    outcome: z.enum(STRATEGY_OUTCOMES),
    taken: z.array(z.strictObject({ nodeId: z.string(), sku: z.string(), quantity: count })),
    left: z
      .array(z.strictObject({ sku: z.string(), quantity: count }))
      .meta({ description: 'Units it could not fill.' }),
    givenUp: z.boolean().meta({ description: 'What it took was given up again.' }),
  })
  .meta({ id: 'StrategyTrace', description: 'What one strategy of a cascade did for an order.' });

export const orderPlanSchema: z.ZodType<OrderPlan> = z
  .strictObject({
    orderId: z.string(),
    promiseBy: localDate,
    shipments: z.array(shipmentSchema),
    unsourced: z.array(unsourcedLineSchema),
    cost: costBreakdownSchema,
    afterwards: afterwardsSchema.exactOptional(),
    cascade: z.array(strategyTraceSchema).exactOptional(),
    proof: proofSchema,
    method: z.string(),
  })
  .meta({ id: 'OrderPlan' });

export const nodeKpisSchema: z.ZodType<NodeKpis> = z
  .strictObject({
    nodeId: z.string(),
    shipments: count,
    lines: count,
    units: count,
    lateShipments: count,
    costMicros: micros,
    peakUtilisation: z.number().min(0).nullable(),
    coverWeeksBefore: z.number().min(0).nullable(),
    coverWeeksAfter: z.number().min(0).nullable(),
  })
  .meta({ id: 'NodeKpis' });

export const kpisSchema: z.ZodType<Kpis> = z
  .strictObject({
    orders: count,
    lines: count,
    units: count,
    shipments: count,
    parcels: count,
    ordersShipped: count,
    splitOrders: count,
    lateOrders: count,
    lateShipments: count,
    unsourcedUnits: count,
    unsourcedLines: count,
    ordersWithUnsourced: count,
    costPerOrderMicros: z.number(),
    shipmentsPerOrder: z.number(),
    splitRate: share,
    unitFillRate: share,
    onTimeInFullRate: share,
    daysToDeliver: z.strictObject({ mean: z.number(), p50: z.number(), p90: z.number() }),
    ordersProven: count,
    nodes: z.array(nodeKpisSchema),
  })
  .meta({ id: 'Kpis' });

export const basisSchema: z.ZodType<Basis> = z
  .strictObject({
    engineVersion: z.string(),
    snapshotHash: z.string(),
    ordersHash: z.string(),
    policyHash: z.string(),
    asOf: z.string(),
    limits: limitsSchema,
  })
  .meta({ id: 'Basis', description: 'What a result was computed from: an equal basis gives equal bytes.' });

/** The fields of a price, for what adds to them. */
export const shadowPriceShape = {
  kind: z.enum(['stock', 'shipments', 'units']),
  nodeId: z.string(),
  sku: z.string().nullable().meta({ description: 'For stock.' }),
  shipOn: localDate.nullable().meta({ description: 'Ship day, for room for one more shipment or unit.' }),
  supply: count.meta({ description: 'Units of stock, or shipments or units a day.' }),
  unitMicros: micros,
};

const shadowPriceSchema: z.ZodType<ShadowPrice> = z
  .strictObject(shadowPriceShape)
  .meta({ id: 'ShadowPrice', description: 'What one more of a scarce resource is worth to the wave.' });

export const tierResultSchema: z.ZodType<TierResult> = z
  .strictObject({
    name: z.string(),
    objectiveMicros: micros.meta({ description: 'Weighted sum of the terms of the tier, in micros.' }),
    lowerBoundMicros: micros,
    gap: share,
    limitMicros: micros.nullable().meta({ description: 'What the tiers below may raise it to.' }),
  })
  .meta({ id: 'TierResult', description: 'How one goal tier came out.' });

export const effortSchema: z.ZodType<Effort> = z
  .strictObject({ work: count, rounds: count, stopped: z.enum(STOP_REASONS) })
  .meta({ id: 'Effort', description: 'What an answer took and why the strategy stopped.' });

export const ruleUseSchema: z.ZodType<RuleUse> = z
  .strictObject({ rule: z.string(), effect: z.enum(EFFECT_TYPES), asked: count, held: count, changed: count })
  .meta({ id: 'RuleUse', description: 'How often a rule was asked, held, and changed anything.' });

export const planSchema: z.ZodType<Plan> = z
  .strictObject({
    basis: basisSchema,
    strategy: strategySchema,
    currency: z.string(),
    orders: z.array(orderPlanSchema),
    cost: costBreakdownSchema,
    proof: proofSchema,
    tiers: z.array(tierResultSchema).meta({ description: 'In the order in which they count.' }),
    effort: effortSchema,
    kpis: kpisSchema,
    prices: z.array(shadowPriceSchema),
    rules: z.array(ruleUseSchema).meta({ description: 'How rules fared, in the order of the policy.' }),
  })
  .meta({ id: 'Plan' });
