// Decides which quantity-class cuts a wave has (Chvátal–Gomory on one stock row): where lines come whole, ⌊stock ÷ q⌋ bounds how
// often q fits into them. Only where q does not divide the stock does that say more than the row itself. Rows with receipts have none.
import type { OrderView } from '../order-view.ts';
import { NO_RESOURCE, type Resource, type ResourceIndex } from './resource-index.ts';

export interface WholeLineCuts {
  /** Of kind `whole-lines`, numbered on from the resources of the index; none is followed by another. */
  readonly resources: readonly Resource[];
  readonly supply: readonly number[];
  /** The class of whole lines of `quantity` at a stock resource; NO_RESOURCE where they have no cuts. */
  classAt(resource: number, quantity: number): number;
  /** By class: its cuts with how often a line of the class counts. */
  readonly classes: readonly (readonly { readonly resource: number; readonly count: number }[])[];
}

/** `views` are of the orders that cuts may bind: their lines come whole or not at all. */
export function wholeLineCuts(index: ResourceIndex, views: readonly OrderView[]): WholeLineCuts {
  const resources: Resource[] = [];
  const supplies: number[] = [];
  const classes: { resource: number; count: number }[][] = [];
  const classAt = new Map<string, number>();
  const quantities = wholeQuantities(views);
  const chained = new Set(index.next);
  for (const [at, resource] of index.resources.entries()) {
    if (resource.kind !== 'stock' || index.next[at] !== NO_RESOURCE || chained.has(at)) continue;
    const supply = index.supply[at]!;
    const wanted = [...(quantities.get(resource.row) ?? [])]
      .filter((quantity) => quantity <= supply)
      .sort((a, b) => a - b);
    const cuts = wanted
      .filter((quantity) => quantity > 1 && supply % quantity !== 0)
      .map((quantity) => {
        supplies.push(Math.floor(supply / quantity));
        return {
          quantity,
          number: index.resources.length + resources.push({ ...resource, kind: 'whole-lines', quantity }) - 1,
        };
      });
    for (const quantity of wanted) {
      const own = cuts
        .filter((cut) => cut.quantity <= quantity)
        .map((cut) => ({ resource: cut.number, count: Math.floor(quantity / cut.quantity) }));
      if (own.length === 0) continue;
      classAt.set(`${at} ${quantity}`, classes.length);
      classes.push(own);
    }
  }
  return {
    resources,
    supply: supplies,
    classAt: (resource, quantity) => classAt.get(`${resource} ${quantity}`) ?? NO_RESOURCE,
    classes,
  };
}

/** By row: the quantities of whole lines that ask for it. */
function wholeQuantities(views: readonly OrderView[]): Map<number, Set<number>> {
  const quantities = new Map<number, Set<number>>();
  for (const { candidates, problem, refs } of views) {
    for (const [source, { candidate }] of refs.entries()) {
      for (const [demand, { quantity }] of candidates.demands.entries()) {
        if (problem.sources[source]!.available[demand] === 0) continue;
        const { row } = candidate.rows[demand]!;
        quantities.set(row, (quantities.get(row) ?? new Set()).add(quantity));
      }
    }
  }
  return quantities;
}
