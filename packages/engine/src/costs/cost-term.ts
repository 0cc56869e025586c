// Decides the contract of a term of the objective that is charged by shipment, by line or by unit.
// A new term is one file in terms/ that keeps this contract. Shipping, split and unsourced are not linear and stand in price.ts.
import type { CandidateDemand, CandidateNode, ServiceDay } from '../candidates/candidate.ts';
import type { Node } from '../model/node.ts';
import type { CostTerm } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';

/** What a term may look at for a shipment: the same for all orders that a node ships by the same services and days. */
export interface ShipmentView {
  readonly node: Node;
  readonly policy: Policy;
}

/** What it may look at for a line. */
export interface LineView extends ShipmentView {
  readonly candidate: CandidateNode;
}

/** All results are whole micros, at least 0. */
export interface LinearTerm {
  readonly term: CostTerm;
  perShipmentMicros(view: ShipmentView, on: ServiceDay): number;
  /** Once for each sku in a shipment. */
  perLineMicros(view: LineView, demand: number): number;
  perUnitMicros(view: LineView, demand: CandidateDemand): number;
}
