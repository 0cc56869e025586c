// Decides better prices than the dual phase can find: a master over known plans proposes prices and breaks plans in halves by cuts,
// the oracle proves a bound at them and finds the plans that the master lacks (column generation with parity cuts, smoothed).
import { createCutOracle, type CutOracle, type CutPrices } from './cut-oracle.ts';
import { type HighsRuntime, proposal } from './highs-runtime.ts';
import { type MasterAnswer, MasterLp } from './master-lp.ts';
import { CutBook } from './parity-cuts.ts';
import type { PlanPool } from './plan-pool.ts';
import type { PriceOracle } from './price-oracle.ts';
import { separateParity } from './separate-parity.ts';
import type { WaveModel } from './wave-model.ts';

export interface CutPhaseInput {
  readonly model: WaveModel;
  readonly readers: readonly Int32Array[];
  readonly oracle: PriceOracle;
  readonly highs: HighsRuntime;
  /** Grows by the plans that are found. Every tabled order has its empty plan in it. */
  readonly pool: PlanPool;
  /** Cost of a known plan of the wave. */
  readonly upperMicros: number;
  /** A bound so near to it is good enough. */
  readonly targetMicros: number;
  /** By resource: what orders without tables use. */
  readonly taken: Float64Array;
  readonly start: { readonly prices: Float64Array; readonly lowerBoundMicros: number };
  readonly maxWork: number;
  readonly isCancelled: () => boolean;
  readonly onWork: (spent: number) => void;
  readonly onBound?: (micros: number) => void;
}

export interface CutPhaseResult extends CutPrices {
  readonly lowerBoundMicros: number;
  readonly book: CutBook;
  /** The master's last answer: its mix and duals; null where it had none. */
  readonly master: MasterAnswer | null;
  readonly work: number;
}

const MAX_ROUNDS = 60;
const SEPARATION = { maxLimits: 7, maxSets: 2000, maxShared: 3 };
/** Of the cost of the mix: what mix and bound move in a round that is worth no further one. */
const SETTLED = 1e-6;
const IDLE_ROUNDS = 3;
/** How far prices follow the master; the rest stays with the best prices so far. */
const FOLLOW = 0.5;
const MAX_ITERATIONS = 60_000;
/** Rows that an iteration of the simplex method passes in the time of a table look-up. */
const ROWS_PER_WORK = 50;
/** Share of plans that a round adds up to which the mix is settled enough to look for cuts. */
const FEW_PLANS = 0.03;
const SETS_PER_WORK = 2;

export function runCutPhase(input: CutPhaseInput): CutPhaseResult {
  const { model, readers, oracle, highs, pool, taken } = input;
  const book = new CutBook(model, readers);
  const master = proposal(() => new MasterLp(highs, pool, book, { model, taken }));
  if (!master) return { ...input.start, cutPrices: new Float64Array(0), book, master: null, work: 0 };
  try {
    return new CutRounds(input, book, master, createCutOracle(model, oracle, pool, book)).run();
  } finally {
    master.dispose();
  }
}

class CutRounds {
  readonly #input: CutPhaseInput;
  readonly #book: CutBook;
  readonly #master: MasterLp;
  readonly #oracle: CutOracle;
  #best: CutPrices & { readonly lowerBoundMicros: number };
  #work = 0;

  constructor(input: CutPhaseInput, book: CutBook, master: MasterLp, oracle: CutOracle) {
    this.#input = input;
    this.#book = book;
    this.#master = master;
    this.#oracle = oracle;
    this.#best = { ...input.start, cutPrices: new Float64Array(0) };
  }

  run(): CutPhaseResult {
    let answer: MasterAnswer | null = null;
    let idle = 0;
    let mixMicros = 0;
    for (let round = 0; round < MAX_ROUNDS && this.#work < this.#input.maxWork; round++) {
      if (this.#input.isCancelled()) break;
      this.#input.onWork(this.#work);
      const next = proposal(() => this.#master.solve(MAX_ITERATIONS));
      if (!next) break;
      answer = next;
      this.#work += Math.ceil((next.iterations * next.rows) / ROWS_PER_WORK);
      const before = this.#best.lowerBoundMicros;
      const known = this.#input.pool.size;
      const grown = this.#price(next);
      const cuts = grown > FEW_PLANS * known ? 0 : this.#separate(next);
      if (grown + cuts === 0 || this.#input.upperMicros - this.#best.lowerBoundMicros <= this.#input.targetMicros)
        break;
      const gained = this.#best.lowerBoundMicros - before + Math.abs(next.micros - mixMicros);
      idle = gained > SETTLED * Math.abs(next.micros) ? 0 : idle + 1;
      if (idle === IDLE_ROUNDS) break;
      mixMicros = next.micros;
    }
    return { ...this.#best, book: this.#book, master: answer, work: this.#work };
  }

  /** Plans taken in at prices between the best and the master's, and at the master's own. */
  #price(answer: MasterAnswer): number {
    const between = this.#ask(mixed(this.#best, answer, FOLLOW), answer.orderMicros);
    return between + this.#ask(answer, answer.orderMicros);
  }

  #ask(at: CutPrices, orderMicros: Float64Array): number {
    const { lowerBoundMicros, added, work } = this.#oracle(at, orderMicros);
    this.#work += work;
    if (lowerBoundMicros > this.#best.lowerBoundMicros) {
      this.#best = { prices: at.prices, cutPrices: at.cutPrices, lowerBoundMicros };
      this.#input.onBound?.(lowerBoundMicros);
    }
    return added;
  }

  #separate({ share }: MasterAnswer): number {
    const { model, pool } = this.#input;
    const { cuts, work } = separateParity(model, pool, share, model.supply, this.#book, SEPARATION);
    this.#work += Math.ceil(work / SETS_PER_WORK);
    return cuts.length;
  }
}

function mixed(best: CutPrices, next: CutPrices, share: number): CutPrices {
  const cutPrices = next.cutPrices.map((price, cut) => share * price + (1 - share) * (best.cutPrices[cut] ?? 0));
  return { prices: next.prices.map((price, at) => share * price + (1 - share) * best.prices[at]!), cutPrices };
}
