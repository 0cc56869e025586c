// Rejects and commission worked out by hand. A line turned down costs 8.00, 5 % are where nothing is known, 20 lines weigh as much as that.
import { describe, expect, it } from 'vitest';
import { posterior } from '../inventory/reject-chance.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Node } from '../model/node.ts';
import type { PickHistory } from '../model/pick-history.ts';
import type { OrderLine } from '../model/order.ts';
import type { Plan } from '../model/plan.ts';
import { parseScenario } from '../parse-scenario.ts';
import { source } from '../source.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';

interface Case {
  readonly history?: readonly PickHistory[];
  readonly north?: Partial<Node>;
  readonly lines?: readonly OrderLine[];
  readonly off?: boolean;
}

const RISK = { perRejectMicros: 8_000_000, usualPercent: 5, priorPicks: 20 };

function scenarioOf({ history = [], north = {}, lines = [buildLine('1', 'cup')], off = false }: Case) {
  const base = buildPolicy();
  return parseScenario(
    buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', north)],
        items: [buildItem('cup', { category: 'china' }), buildItem('jug')],
        stock: ['cup', 'jug'].map((sku) => ({ sku, nodeId: 'north', onHand: 10 })),
        pickHistory: [...history],
      }),
      orders: [buildOrder('o1', [...lines])],
      policy: { ...base, goals: { ...base.goals, ...(off ? {} : { rejectRisk: RISK }) } },
    }),
  );
}

/** The plan has passed the independent check. */
async function planOf(of: Case): Promise<Plan> {
  const parsed = scenarioOf(of);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const plan = await source(parsed.value, parsed.value.policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

const NODE: PickHistory = { nodeId: 'north', picks: 80, rejects: 9 };
const CHINA: PickHistory = { nodeId: 'north', category: 'china', picks: 20, rejects: 6 };
const CUP: PickHistory = { nodeId: 'north', sku: 'cup', picks: 5, rejects: 5 };

describe('the chance of a reject', () => {
  it.each<[Case, number, string]>([
    [{}, 400_000, 'nothing is known: 5 % of 8.00'],
    [{ off: true, history: [CUP] }, 0, 'the policy does not count it'],
    [{ north: { rejectPercent: 10 } }, 800_000, 'the node is known for 10 %'],
    [{ history: [NODE] }, 800_000, '(9 + 20 × 0.05) ÷ (80 + 20) = 10 %'],
    [{ history: [{ ...NODE, rejects: 0 }] }, 80_000, 'never one in 80: (0 + 1) ÷ 100 = 1 %'],
    [{ history: [NODE, CHINA] }, 1_600_000, 'china: (6 + 20 × 0.1) ÷ (20 + 20) = 20 %'],
    [{ history: [NODE, CHINA, CUP] }, 2_880_000, 'cups: (5 + 20 × 0.2) ÷ (5 + 20) = 36 %'],
    [{ history: [CUP] }, 1_920_000, 'cups alone: (5 + 20 × 0.05) ÷ 25 = 24 %'],
    [{ history: [NODE, CHINA], lines: [buildLine('1', 'jug')] }, 800_000, 'jugs have no category: the node counts'],
    [{ history: [{ ...NODE, nodeId: 'north', picks: 0, rejects: 0 }] }, 400_000, 'asked for nothing: as if not known'],
    [
      { history: [NODE, CHINA], lines: [buildLine('1', 'cup', 3), buildLine('2', 'jug', 2), buildLine('3', 'cup')] },
      2_400_000,
      'once a sku, whatever the units and lines: 1.60 + 0.80',
    ],
  ])('%j costs %i micros: %s', async (of, micros) => {
    expect((await planOf(of)).cost.riskMicros).toBe(micros);
  });

  it('goes from what was thought before to what was counted', () => {
    const counts = (picks: number): PickHistory => ({ nodeId: 'north', picks, rejects: picks / 2 });
    expect([0, 20, 180, 1980].map((picks) => posterior(counts(picks), 0.1, 20))).toEqual([0.1, 0.3, 0.46, 0.496]);
    expect(posterior(undefined, 0.1, 20)).toBe(0.1);
  });

  it('refuses counts that cannot be', () => {
    const parsed = scenarioOf({ history: [{ ...NODE, rejects: 81 }, NODE, { ...CUP, category: 'china' }] });
    expect(parsed.ok ? [] : parsed.error.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'inconsistent /snapshot/pickHistory/0/rejects',
      'duplicate-id /snapshot/pickHistory/1/nodeId',
      'inconsistent /snapshot/pickHistory/2/category',
    ]);
  });
});

describe('handling', () => {
  const all = { perShipmentMicros: 400_000, perLineMicros: 30_000, perUnitMicros: 2000, valuePercent: 12.5 };
  it.each<[Case['north'], readonly OrderLine[], number, string]>([
    [{}, [buildLine('1', 'cup')], 0, 'none'],
    [{ handling: { perShipmentMicros: 400_000 } }, [buildLine('1', 'cup', 9)], 400_000, 'for the shipment'],
    [
      { handling: { perLineMicros: 30_000 } },
      [buildLine('1', 'cup', 9), buildLine('2', 'jug')],
      60_000,
      '2 skus × 0.03',
    ],
    [
      { handling: { perLineMicros: 30_000 } },
      [buildLine('1', 'cup'), buildLine('2', 'cup')],
      30_000,
      'two lines of one sku',
    ],
    [
      { handling: { perUnitMicros: 2000 } },
      [buildLine('1', 'cup', 4), buildLine('2', 'jug', 3)],
      14_000,
      '7 units × 0.002',
    ],
    [{ handling: { valuePercent: 12.5 } }, [buildLine('1', 'cup', 2)], 2_500_000, '2 × 12.5 % of 10.00'],
    [
      { handling: { valuePercent: 10 } },
      [buildLine('1', 'cup', 1, { unitPriceMicros: 4 }), buildLine('2', 'cup', 1, { unitPriceMicros: 26 })],
      6,
      'the dearer price of the sku, rounded a unit: 2 × 3',
    ],
    [
      { handling: all },
      [buildLine('1', 'cup', 2), buildLine('2', 'jug')],
      4_216_000,
      '0.40 + 2 × 0.03 + 3 × (0.002 + 1.25)',
    ],
  ])('%j for %j costs %i micros: %s', async (north, lines, micros) => {
    expect((await planOf({ north: north ?? {}, lines })).cost.handlingMicros).toBe(micros);
  });
});
