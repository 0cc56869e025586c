import { describe, expect, it } from 'vitest';
import { createEnumerator } from '../../candidates/enumerate.ts';
import { createPricer } from '../../costs/price.ts';
import { Ledger } from '../../inventory/ledger.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { Scenario } from '../../model/scenario.ts';
import { waveNetwork } from '../../candidates/wave-rules.ts';
import { compilePolicy } from '../../rules/compile-policy.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../../testing/build-scenario.ts';
import { randomScenario } from '../../testing/random-scenario.ts';
import { pricedPlan } from '../order/priced-plan.ts';
import type { Decision, WaveInput } from '../solver.ts';
import { WAVE_METHOD } from './wave-report.ts';
import { settle } from './settle.ts';
import { compileWave, type WaveModel } from './wave-model.ts';

const SKUS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Two orders of seven lines, too many for tables, at a node that handles eight units a day. */
function twoOrders(over: Partial<Scenario['snapshot']['nodes'][number]>): Scenario {
  const snapshot = buildSnapshot({
    nodes: [buildNode('north', over)],
    items: SKUS.map((sku) => buildItem(sku)),
    stock: SKUS.map((sku) => ({ sku, nodeId: 'north', onHand: 10 })),
  });
  const lines = SKUS.map((sku) => buildLine(sku, sku));
  return buildScenario({ snapshot, orders: [buildOrder('first', lines), buildOrder('second', lines)] });
}

async function waveOf({ snapshot, orders, policy }: Scenario): Promise<{ input: WaveInput; model: WaveModel }> {
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const network = waveNetwork(snapshot, policy, compiled.value.book);
  const enumerator = createEnumerator(network, policy, compiled.value.book, DEFAULT_LIMITS);
  const input: WaveInput = {
    orders: await Promise.all(orders.map((order) => enumerator.candidatesOf(order))),
    policy,
    pricer: createPricer(network, policy),
    limits: DEFAULT_LIMITS,
    createLedger: () => new Ledger(network),
  };
  return { input, model: compileWave(input, network, () => false) };
}

/** What the wave's own views make of units by source and line. */
function decided({ views }: WaveModel, units: readonly (readonly number[])[]): Decision[] {
  return views.map((view, order) => {
    const plan = pricedPlan(view.problem, Float64Array.from(units[order]!));
    const solution = { ...plan, lowerBoundMicros: 0, proven: false, method: WAVE_METHOD, work: 1 };
    return { view, solution, exact: true };
  });
}

const unitsOf = ({ solution }: Decision): number =>
  solution.shipments.flatMap(({ taken }) => taken).reduce((sum, { quantity }) => sum + quantity, 0);

const settling = (wave: { input: WaveInput; model: WaveModel }) => ({
  ...wave,
  work: Infinity,
  shouldStop: () => false,
});

describe('settling a wave', () => {
  it('opens days that nobody needed before to an order that was cut short', async () => {
    const wave = await waveOf(twoOrders({ capacity: { unitsPerDay: 8 } }));
    expect(wave.model.views.map(({ refs }) => refs.length)).toEqual([1, 1]);
    const given = decided(wave.model, [
      [1, 1, 1, 1, 1, 1, 1],
      [1, 0, 0, 0, 0, 0, 0],
    ]);
    const { decisions, savedMicros } = settle(given, settling(wave));
    expect(decisions.map(unitsOf)).toEqual([7, 7]);
    // Six units at 20.00 open no more; for them 3.00 of a second parcel at 0.50 a unit and 1.00 for the split where it goes in two,
    // or all seven a day later in one: 0.50 a unit for the six that were left.
    const days = decisions[1]!.solution.shipments.map(({ source }) => decisions[1]!.view.refs[source]!.shipDay.day);
    expect(days).toEqual([decisions[0]!.view.refs[0]!.shipDay.day + 1]);
    expect(savedMicros).toBe(6 * 20_000_000 - 6 * 500_000);
  });

  it('leaves orders alone that have nothing better', async () => {
    const wave = await waveOf(twoOrders({}));
    const given = decided(
      wave.model,
      [0, 1].map(() => [1, 1, 1, 1, 1, 1, 1]),
    );
    const { decisions, savedMicros } = settle(given, settling(wave));
    expect(savedMicros).toBe(0);
    expect(decisions).toEqual(given);
  });

  it('stops when its work is used up, with what it has', async () => {
    const wave = await waveOf(twoOrders({}));
    const given = decided(
      wave.model,
      [0, 1].map(() => [0, 0, 0, 0, 0, 0, 0]),
    );
    const one = settle(given, { ...settling(wave), shouldStop: (_spent, savedMicros) => savedMicros > 0 });
    expect(one.decisions.map(unitsOf)).toEqual([7, 0]);
    expect(settle(given, { ...settling(wave), work: 1 }).decisions).toEqual(given);
  });

  it('makes every random wave cheaper by what it says, from nothing sourced to one that it cannot better', async () => {
    for (let seed = 1; seed <= 30; seed++) {
      const scenario = randomScenario(seed, { orders: 8, nodes: 4, skus: 10, linesPerOrder: 9 });
      const policy = buildPolicy({ ...scenario.policy, rules: [] });
      const wave = await waveOf({ ...scenario, policy });
      const none = wave.model.views.map(({ problem }) => problem.demands.flatMap(() => problem.sources.map(() => 0)));
      const given = decided(wave.model, none);
      const settled = settle(given, settling(wave));
      const again = settle(settled.decisions, settling(wave));
      const large = [...wave.model.views.keys()].filter((order) => wave.model.tabled[order] === 0);
      for (const order of large) {
        const [before, after] = [given[order]!, settled.decisions[order]!];
        expect(after.solution.costMicros, `seed ${seed}`).toBeLessThanOrEqual(before.solution.costMicros);
      }
      // Passes end where they save next to nothing.
      const total = given.reduce((sum, { solution }) => sum + solution.costMicros, 0);
      expect(again.savedMicros, `seed ${seed}`).toBeLessThanOrEqual(0.002 * total);
    }
  });
});
