// Decides what a node's work on a shipment costs: for the shipment, for each sku in it, for each unit.
import type { LinearTerm } from '../cost-term.ts';

export const handlingTerm: LinearTerm = {
  term: 'handling',
  perShipmentMicros: ({ node }) => node.handling?.perShipmentMicros ?? 0,
  perLineMicros: ({ node }) => node.handling?.perLineMicros ?? 0,
  perUnitMicros: ({ node }) => node.handling?.perUnitMicros ?? 0,
};
