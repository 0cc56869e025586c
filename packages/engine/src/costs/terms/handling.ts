// Decides what work on a shipment costs: the node's for the shipment, for each sku in it, for each unit and its price; the receiving node's.
import type { CandidateDemand } from '../../candidates/candidate.ts';
import { unitPriceMicros } from '../../rules/line-amounts.ts';
import type { LinearTerm } from '../cost-term.ts';

export const handlingTerm: LinearTerm = {
  term: 'handling',
  perShipmentMicros: ({ node }, { service }) =>
    (node.handling?.perShipmentMicros ?? 0) + (service.transfer?.perShipmentMicros ?? 0),
  perLineMicros: ({ node }) => node.handling?.perLineMicros ?? 0,
  perUnitMicros: ({ node: { handling } }, demand) =>
    handling === undefined
      ? 0
      : (handling.perUnitMicros ?? 0) + (handling.valuePercent ? shareOfPrice(demand, handling.valuePercent) : 0),
};

/** Of the dearest price the order pays for the sku, to a whole micro. */
function shareOfPrice({ lines, item }: CandidateDemand, percent: number): number {
  const price = lines.reduce((dearest, line) => Math.max(dearest, unitPriceMicros(line, item)), 0);
  return Math.round((price * percent) / 100);
}
