// Decides the shape of one order as a problem of mathematics: demands, sources, tariffs. It knows no ids, dates or rules.
// Leaves where the numbers come from to candidates/ and costs/, and how it is solved to the solvers beside it.
import type { CostSteps } from '../../base/cost-steps.ts';
import type { Tariff } from '../../costs/tariff.ts';
import type { StrategyOutcome } from '../../model/plan.ts';

/** What must be supplied: the quantity of one sku (lines of one sku in an order are one demand). */
export interface Demand {
  readonly quantity: number;
  /** Of the whole quantity; q units weigh round(weightMilligrams × q ÷ quantity). */
  readonly weightMilligrams: number;
  /** Micros for each unit that stays unsourced. */
  readonly unsourcedUnitMicros: number;
  /** Goods value of the whole quantity in micros, 0 where left out; q units are worth round(valueMicros × q ÷ quantity). */
  readonly valueMicros?: number;
}

/** One way to hand a shipment over: what it costs besides its lines. */
export interface ServiceOption {
  /** Handling per shipment and lateness, in micros. */
  readonly fixedMicros: number;
  readonly tariff: Tariff;
}

/** One node on one ship day. */
export interface Source {
  /** Sources of the same node share stock: units at day d also count against every later day of that node. */
  readonly node: number;
  /** Position of the ship day among the node's days, earliest 0. */
  readonly day: number;
  /** By demand: units that may be taken, 0 where the source is not eligible; never above the demand's quantity. */
  readonly available: Int32Array;
  /** By demand: micros once when any unit is taken (handling per line, line preferences). */
  readonly lineMicros: Float64Array;
  /** By demand: micros for each unit taken. */
  readonly unitMicros: Float64Array;
  /** By demand: micros that rise with the units taken from the node; sources of the same node share the steps. */
  readonly stockOutSteps?: readonly CostSteps[] | undefined;
  /** Micros that rise with the units of all demands in the shipment. */
  readonly unitSteps?: CostSteps | undefined;
  /** Units the node can still handle that day; Infinity without a limit. */
  readonly unitsLeft: number;
  /** At least one. The cheapest that fits is used for a shipment; a tie goes to the first. */
  readonly options: readonly ServiceOption[];
}

export interface OrderProblem {
  readonly demands: readonly Demand[];
  /** Only sources that may still send a shipment. */
  readonly sources: readonly Source[];
  /** Micros for each shipment beyond the first. */
  readonly splitMicros: number;
  readonly maxShipments: number;
  /** Nothing may be left unsourced, or everything is. */
  readonly shipComplete: boolean;
  /**
   * A demand that no single source can fill, by its stock and the units it can handle, may be taken from several or in part;
   * others come whole from one. Without it every demand comes whole from one source or not at all.
   */
  readonly splitQuantity: boolean;
  /** A demand may be filled in part where no source or set of sources can fill it whole. */
  readonly partial: boolean;
  /** Demands that travel in one shipment, each whole, or all stay unsourced; no demand stands in two groups. */
  readonly together?: readonly (readonly number[])[];
  /**
   * Parts are shipments, and what stays unsourced where that is worth anything. Where there are several, each is worth at
   * least so much. 0 or left out: no minimum.
   */
  readonly minPartMicros?: number;
}

export interface Taken {
  readonly demand: number;
  readonly quantity: number;
}

export interface ChosenShipment {
  readonly source: number;
  readonly option: number;
  /** By demand, ascending. */
  readonly taken: readonly Taken[];
}

export interface OrderSolution {
  /** By source, ascending. */
  readonly shipments: readonly ChosenShipment[];
  /** Exactly the re-priced cost: shipments, lines, units, split penalty, unsourced. */
  readonly costMicros: number;
  /** No solution of the problem costs less. Equal to the cost when proven. */
  readonly lowerBoundMicros: number;
  readonly proven: boolean;
  /** Which solver found it. */
  readonly method: string;
  /** Search nodes used. */
  readonly work: number;
  /** What the strategies of a cascade did, in their order; only of an order that a cascade decided. */
  readonly steps?: readonly CascadeStep[];
}

/** What one strategy of a cascade did for an order. */
export interface CascadeStep {
  /** Its position in the cascade. */
  readonly strategy: number;
  readonly outcome: StrategyOutcome;
  /** What it took. */
  readonly taken: readonly (Taken & { readonly source: number })[];
  /** What it left open of what it found open: with `could-not-fill`, what it could not have filled. */
  readonly left: readonly Taken[];
  /** What it took was given up again: the order goes whole or not at all, or a part was worth too little. */
  readonly givenUp: boolean;
}
