// Decides which sources ship for orders beyond the subset program: branch and bound on opening and closing sources.
// Leaves bounds to source-bound.ts and, once the open set is settled, lines and quantities to assignment-search.ts.
import { searchAssignments } from './assignment-search.ts';
import { promisingSets } from './opening-heuristic.ts';
import { offer } from './draft-plan.ts';
import type { OrderModel } from './order-model.ts';
import { mainSlope } from './price-envelope.ts';
import { createSearch, cutoff, type Search } from './search-state.ts';
import { smallMip } from './small-mip.ts';
import {
  boundTables,
  CLOSED,
  FREE,
  hullsOf,
  OPEN,
  sourceBound,
  tightenedSlopes,
  tightenedUnitPrices,
  type BoundTables,
} from './source-bound.ts';

export interface OpenSetAnswer {
  /** By source of the model and line; undefined where nothing better than leaving everything was found. */
  readonly units: Float64Array | undefined;
  readonly lowerBoundMicros: number | undefined;
  readonly method: string;
  readonly work: number;
}

/** The ticks of all shipments and the rounding of doubles stay below this many micros; costs are whole ones. */
const TICKS = 0.5;

/** `emptyMicros` is what leaving everything costs. The bound is undefined where the answer is proven optimal. */
export function openSetSearch(model: OrderModel, emptyMicros: number, workLimit: number): OpenSetAnswer {
  const search = createSearch(model, emptyMicros, workLimit);
  const start = smallMip(search);
  if (start !== undefined) offer(search.best, start.micros, start.units);
  tryPromisingSets(search);
  const tables = rootTables(search);
  const open = exploreSources(search, tables);
  const real = open - model.splitMicros + model.lostMicros;
  const proven = open >= cutoff(search);
  return {
    units: search.best.units,
    lowerBoundMicros: proven ? undefined : Math.max(0, Math.ceil(real - TICKS)),
    method: start !== undefined && start.micros <= search.best.micros ? 'small-mip' : 'open-set-search',
    work: search.work,
  };
}

/** Micros that no plan of the model goes below, `knownMicros` (the cost of one) at most; no plan is looked for. */
export function boundBySearch(model: OrderModel, knownMicros: number, workLimit: number): number {
  const search = createSearch(model, knownMicros + 1, workLimit);
  const open = exploreSources(search, rootTables(search));
  return open - model.splitMicros + model.lostMicros - TICKS;
}

const TRIED_SETS = 8;
const POLISHED_SETS = 2;

/** Plans over the sets that look best by their estimates; the best of them with their lines shared out exactly. */
function tryPromisingSets(search: Search): void {
  const { model } = search;
  const sets = promisingSets(model, search.penalty, search.envelopes).slice(0, TRIED_SETS);
  const rated = sets.map((open) => {
    const before = search.best.micros;
    searchAssignments(search, open, 0);
    return { open, micros: search.best.micros < before ? search.best.micros : Infinity };
  });
  rated.sort((a, b) => a.micros - b.micros);
  for (const { open } of rated.slice(0, POLISHED_SETS)) {
    searchAssignments(search, open, Math.ceil(Math.max(0, search.workLimit - search.work) / 50));
  }
}

/** The relaxation for every parcel rebate, its slopes fitted to the line values; the two with the best bounds. */
export function rootTables(search: Search): BoundTables[] {
  const { model, penalty, envelopes } = search;
  const all = new Uint8Array(model.sourceCount);
  const rated = search.rebates.map((rebate) => {
    const hulls = hullsOf(envelopes, rebate);
    const start = Float64Array.from(hulls, (hull) => mainSlope(hull));
    let tables = boundTables(model, penalty, envelopes, hulls, start, new Float64Array(model.sourceCount), rebate);
    let bound = sourceBound(model, tables, all);
    for (let round = 0; round < 4; round++) {
      const slope = tightenedSlopes(model, hulls, tables, bound.value);
      const unitPrice = tightenedUnitPrices(model, tables, bound.value);
      const next = boundTables(model, penalty, envelopes, hulls, slope, unitPrice, rebate);
      const nextBound = sourceBound(model, next, all);
      if (nextBound.micros <= bound.micros) break;
      tables = next;
      bound = nextBound;
    }
    search.work += 1 + ((model.lineCount * model.sourceCount) >> 4);
    return { tables, micros: bound.micros };
  });
  rated.sort((a, b) => b.micros - a.micros);
  return rated.slice(0, 2).map(({ tables }) => tables);
}

/** Depth first, opening before closing. Returns the least bound of what was left open; at or above the cutoff where nothing was. */
function exploreSources(search: Search, tables: readonly BoundTables[]): number {
  const { model } = search;
  const m = model.sourceCount;
  const nodeWork = 1 + ((model.lineCount * m) >> 6);
  let pending = Infinity;

  const visit = (parentStatus: Uint8Array, openCount: number, inherited: number): void => {
    if (search.work >= search.workLimit) {
      pending = Math.min(pending, inherited);
      return;
    }
    search.work += nodeWork;
    const status = parentStatus.slice();
    if (openCount === model.maxShipments) for (let j = 0; j < m; j++) if (status[j] === FREE) status[j] = CLOSED;
    let here = inherited;
    let next = -1;
    for (const table of tables) {
      const bound = sourceBound(model, table, status);
      here = Math.max(here, bound.micros);
      if (here >= cutoff(search)) return;
      let used = -1;
      for (let j = 0; j < m; j++) {
        if (status[j] !== FREE) continue;
        if (bound.micros + bound.slack[j]! >= cutoff(search)) {
          status[j] = CLOSED;
          if (next === j) next = -1;
          continue;
        }
        if (table !== tables[0]) continue;
        const usage = usageOf(model, table, bound.value, j) - bound.slack[j]!;
        if (next < 0 || usage > used) [next, used] = [j, usage];
      }
    }
    if (next < 0) next = status.indexOf(FREE);
    if (next < 0) {
      const open: number[] = [];
      for (let j = 0; j < m; j++) if (status[j] === OPEN) open.push(j);
      if (open.length > 0)
        pending = Math.min(pending, Math.max(here, searchAssignments(search, open, leafBudget(search))));
      return;
    }
    status[next] = OPEN;
    visit(status, openCount + 1, here);
    status[next] = CLOSED;
    visit(status, openCount, here);
  };
  const none = new Uint8Array(m);
  let root = -Infinity;
  for (const table of tables) root = Math.max(root, sourceBound(model, table, none).micros);
  visit(none, 0, root);
  return Math.min(pending, search.best.micros);
}

/** No single set of sources may use up all the work. */
function leafBudget(search: Search): number {
  return Math.ceil(Math.max(0, search.workLimit - search.work) / 4);
}

/** How much lines would gain from the source at their values. */
function usageOf(model: OrderModel, tables: BoundTables, value: Float64Array, j: number): number {
  let gain = 0;
  for (let i = 0; i < model.lineCount; i++) {
    const cell = j * model.lineCount + i;
    if (value[i]! > tables.level[cell]!) gain += (value[i]! - tables.level[cell]!) * tables.share[cell]!;
  }
  return gain;
}
