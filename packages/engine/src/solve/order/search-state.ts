// Decides what the searches of one order share: the model, its price envelopes, the best plan so far, the work spent.
// Leaves searching to open-set-search.ts and assignment-search.ts.
import type { Best } from './draft-plan.ts';
import type { OrderModel } from './order-model.ts';
import { priceEnvelope, type Envelope } from './price-envelope.ts';
import { pricePieces, type PricePiece } from './price-pieces.ts';
import { takenMilligrams } from './shipment-price.ts';

export interface Search {
  readonly model: OrderModel;
  /** By line: micros when it is missing wholly; prohibitive where nothing may be missing. */
  readonly penalty: Float64Array;
  readonly envelopes: readonly Envelope[];
  /** Parcel rebates that the bounds try. */
  readonly rebates: readonly number[];
  /** By source, when first asked for: straight stretches of each option's price. */
  readonly pieces: (PricePiece[][] | undefined)[];
  readonly best: Best;
  readonly workLimit: number;
  work: number;
}

/** A bound at or above this cannot lead to a better plan. */
export function cutoff(search: Search): number {
  return search.best.micros - search.model.tick / 2;
}

/** Straight stretches of the prices of source `j`; undefined where rounding makes them inexact. */
export function straightPieces(search: Search, j: number): readonly (readonly PricePiece[])[] | undefined {
  const envelope = search.envelopes[j]!;
  if (envelope.error > 0) return undefined;
  return (search.pieces[j] ??= pricePieces(envelope.source, envelope.high, search.model.grain));
}

/** `emptyMicros` is what leaving everything costs; plans are compared with a split penalty on their first shipment too. */
export function createSearch(model: OrderModel, emptyMicros: number, workLimit: number): Search {
  const parcel = commonParcel(model);
  const envelopes = Array.from({ length: model.sourceCount }, (_, j) => {
    const [low, high] = weightRange(model, j);
    return priceEnvelope(model.problem.sources[model.sourceOf[j]!]!, low, high, model.grain, parcel);
  });
  const penalty = model.allOrNothing ? prohibitivePenalty(model, envelopes, emptyMicros) : model.penalty;
  return {
    model,
    penalty,
    envelopes,
    rebates: parcelRebates(envelopes),
    pieces: [],
    best: { micros: emptyMicros - model.lostMicros + model.splitMicros, units: undefined },
    workLimit,
    work: 0,
  };
}

/** The heaviest parcel that most options allow. */
function commonParcel(model: OrderModel): number {
  const votes = new Map<number, number>();
  for (const j of model.sourceOf) {
    for (const { tariff } of model.problem.sources[j]!.options) {
      const limit = tariff.maxParcelMilligrams;
      if (limit !== Infinity) votes.set(limit, (votes.get(limit) ?? 0) + 1);
    }
  }
  let best = Infinity;
  for (const [limit, count] of votes) if (best === Infinity || count > votes.get(best)!) best = limit;
  return best;
}

/** Lightest and heaviest shipment of a source. */
function weightRange(model: OrderModel, j: number): [number, number] {
  const n = model.lineCount;
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < n; i++) {
    const amount = model.amount[j * n + i]!;
    if (amount === 0) continue;
    const quantity = model.quantity[i]!;
    const least = model.short[i] === 1 ? takenMilligrams(model.weight[i]!, quantity, 1) : model.weight[i]!;
    if (least < low) low = least;
    high += takenMilligrams(model.weight[i]!, quantity, amount);
  }
  return [low, high];
}

/** More than any plan that supplies everything, and more than leaving everything. */
function prohibitivePenalty(model: OrderModel, envelopes: readonly Envelope[], emptyMicros: number): Float64Array {
  const n = model.lineCount;
  let most = emptyMicros + model.splitMicros + 1;
  for (let j = 0; j < model.sourceCount; j++) {
    let highest = 0;
    for (const micros of envelopes[j]!.micros) if (micros > highest) highest = micros;
    most += highest + 2 + model.splitMicros;
    for (let i = 0; i < n; i++) if (model.amount[j * n + i]! > 0) most += model.cost[j * n + i]!;
  }
  most = Math.ceil(most);
  return model.quantity.map((quantity) => most * quantity);
}

/** What one more parcel costs at the sources' own prices, besides its weight: the distinct amounts, lowest first, and none. */
function parcelRebates(envelopes: readonly Envelope[]): number[] {
  const steps = new Set<number>([0]);
  for (const { micros, cells } of envelopes) {
    let least = Infinity;
    for (let index = 1; index < micros.length; index++) {
      if (cells[index]! > cells[index - 1]!) least = Math.min(least, micros[index]! - micros[index - 1]!);
    }
    if (least > 0 && least < Infinity) steps.add(least);
  }
  return [...steps].sort((a, b) => a - b);
}
