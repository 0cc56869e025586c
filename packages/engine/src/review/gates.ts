// Decides what a policy must keep: conditions that never hold for a planned line, and figures that stay within limits.
// A limit is a number, or stands against the same figure of a baseline.
import { z } from 'zod';
import { createEnumerator } from '../candidates/enumerate.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { invariant } from '../base/invariant.ts';
import { type Issue, pointer } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { conditionsSchema } from '../model/effect.ts';
import { parserOf } from '../model/parse.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { textSchema } from '../model/scalars.ts';
import type { Wave } from '../model/wave.ts';
import { nameConditions } from '../rules/compile.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import type { Condition } from '../rules/condition.ts';
import { holds } from '../rules/interpret.ts';
import { parseConditions, startWalk } from '../rules/parse-condition.ts';

/** Figures of a plan by name; shares are in percent. */
export const MEASURES = {
  costMicros: ({ cost }: Plan) => cost.totalMicros,
  costPerOrderMicros: ({ kpis }: Plan) => kpis.costPerOrderMicros,
  unsourcedUnitsPercent: ({ kpis }: Plan) => 100 * share(kpis.unsourcedUnits, kpis.units),
  ordersWithUnsourcedPercent: ({ kpis }: Plan) => 100 * share(kpis.ordersWithUnsourced, kpis.orders),
  splitPercent: ({ kpis }: Plan) => 100 * kpis.splitRate,
  lateOrdersPercent: ({ kpis }: Plan) => 100 * share(kpis.lateOrders, kpis.orders),
  onTimeInFullPercent: ({ kpis }: Plan) => 100 * kpis.onTimeInFullRate,
  shipmentsPerOrder: ({ kpis }: Plan) => kpis.shipmentsPerOrder,
  daysToDeliverMean: ({ kpis }: Plan) => kpis.daysToDeliver.mean,
  daysToDeliverP90: ({ kpis }: Plan) => kpis.daysToDeliver.p90,
  gapPercent: ({ proof }: Plan) => 100 * proof.gap,
} as const;
export type Measure = keyof typeof MEASURES;

const limitSchema = z.union([
  z.number(),
  /** The baseline’s figure and so much more; below 0, so much less. In percent for shares, so these are points. */
  z.strictObject({ baselinePlus: z.number() }),
  /** So many percent of the baseline’s figure. */
  z.strictObject({ baselinePercent: z.number().min(0).max(10_000) }),
]);

export const gatesSchema = z.strictObject({
  /** Each must hold for no line of any shipment. */
  invariants: z
    .array(
      z.strictObject({ name: z.string().min(1).max(120), never: conditionsSchema, because: textSchema.optional() }),
    )
    .max(200)
    .optional(),
  gates: z
    .array(
      z
        .strictObject({
          name: z.string().min(1).max(120),
          measure: z.enum(Object.keys(MEASURES) as [Measure, ...Measure[]]),
          atMost: limitSchema.optional(),
          atLeast: limitSchema.optional(),
        })
        .refine(
          ({ atMost, atLeast }) => atMost !== undefined || atLeast !== undefined,
          'Give atMost, atLeast or both.',
        ),
    )
    .max(200)
    .optional(),
});

export type Gates = z.infer<typeof gatesSchema>;
export type Gate = NonNullable<Gates['gates']>[number];
type Limit = z.infer<typeof limitSchema>;

export const parseGates = parserOf(gatesSchema);

export function needsBaseline({ gates = [] }: Gates): boolean {
  return gates.some(({ atMost, atLeast }) => typeof atMost === 'object' || typeof atLeast === 'object');
}

/** What a gate finds; `failures` is empty where it is kept. */
export interface GateOutcome {
  readonly value: number;
  readonly baseline: number | null;
  readonly failures: readonly string[];
}

export function askGate({ measure, atMost, atLeast }: Gate, plan: Plan, baseline: Plan | undefined): GateOutcome {
  const value = MEASURES[measure](plan);
  const before = baseline ? MEASURES[measure](baseline) : null;
  const failures: string[] = [];
  // What is equal but for the rounding of doubles is equal.
  const slack = 1e-9 * Math.max(1, Math.abs(value));
  const most = atMost === undefined ? Infinity : limitOf(atMost, before);
  const least = atLeast === undefined ? -Infinity : limitOf(atLeast, before);
  if (value > most + slack)
    failures.push(`${measure} is ${figure(value)}, above ${figure(most)}${against(atMost, before)}.`);
  if (value < least - slack)
    failures.push(`${measure} is ${figure(value)}, below ${figure(least)}${against(atLeast, before)}.`);
  return { value, baseline: before, failures };
}

function limitOf(limit: Limit, baseline: number | null): number {
  if (typeof limit === 'number') return limit;
  invariant(baseline !== null, 'A gate stands against a baseline that is not there.');
  return 'baselinePlus' in limit ? baseline + limit.baselinePlus : (baseline * limit.baselinePercent) / 100;
}

function against(limit: Limit | undefined, baseline: number | null): string {
  return typeof limit === 'object' && baseline !== null ? ` (the baseline has ${figure(baseline)})` : '';
}

/** With four decimals at most. */
export function figure(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

/** The conditions of the invariants, known to run; paths are those of the gates file. */
export function compileInvariants({ invariants = [] }: Gates, policy: Policy): Result<Condition[], Issue[]> {
  const issues: Issue[] = [];
  const named = nameConditions(policy.conditions ?? [], '/conditions', []);
  const conditions = invariants.flatMap(({ never }, index) => {
    const walk = startWalk(named, issues);
    return parseConditions(never, pointer(pointer('/invariants', index), 'never'), walk) ?? [];
  });
  return issues.length > 0 ? fail(issues) : succeed(conditions);
}

/** Lines for which a condition holds that must not, in words; at most `most` of them are told. */
export function breaches(condition: Condition, plan: Plan, wave: Wave, policy: Policy, most = 20): string[] {
  const compiled = compilePolicy(policy);
  invariant(compiled.ok, 'A plan exists, so its policy compiles.');
  const { book } = compiled.value;
  const network = waveNetwork(wave.snapshot, policy, book);
  const enumerator = createEnumerator(network, policy, book, plan.basis.limits);
  const orders = new Map(wave.orders.map((order) => [order.orderId, order]));
  const found: string[] = [];
  let count = 0;
  for (const { orderId, shipments } of plan.orders) {
    const order = orders.get(orderId)!;
    for (const { nodeId, lines } of shipments) {
      for (const { lineId, sku } of lines) {
        const row = network.rowsOf.get(sku)!.find(({ node }) => network.nodes[node]!.nodeId === nodeId)!;
        const line = order.lines.find((entry) => entry.lineId === lineId)!;
        if (!holds(condition, enumerator.factsOf(order, line, row))) continue;
        count += 1;
        if (count <= most) found.push(`Line ${lineId} of order ${orderId} (${sku}) from ${nodeId}.`);
      }
    }
  }
  return count > most ? [...found, `And ${count - most} more lines.`] : found;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
