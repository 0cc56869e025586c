// Decides what an assignment of lines to a few open sources is while it is being searched.
// Leaves the search to assignment-search.ts and quantity-search.ts.
import type { Pricing } from './assignment-bound.ts';
import type { Search } from './search-state.ts';
import type { ShortLine } from './short-line.ts';

/** What an assignment search is about: the open sources, line costs at the best slopes, the plan so far. */
export interface Assignment {
  readonly search: Search;
  /** Sources of the model, ascending. Every one is meant to ship; the plans without one belong to other sets. */
  readonly open: readonly number[];
  readonly pricings: readonly Pricing[];
  /** By open source: milligrams, units and lines of the lines decided so far. */
  readonly weight: Float64Array;
  readonly used: Float64Array;
  readonly count: Int32Array;
  /** By source of the model and line. */
  readonly units: Float64Array;
  readonly shorts: readonly ShortLine[];
  readonly workEnd: number;
}
