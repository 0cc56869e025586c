// Decides what it may cost that a node turns a line down: the chance of it times what sending the line from elsewhere costs.
import { rejectChances } from '../../inventory/reject-chance.ts';
import type { Network } from '../../model/network.ts';
import type { Policy } from '../../model/policy.ts';
import type { LinearTerm } from '../cost-term.ts';

/** Null where the policy does not count it. */
export function createRiskTerm(network: Network, { goals }: Policy): LinearTerm | null {
  const goal = goals.rejectRisk;
  if (!goal) return null;
  const micros = rejectChances(network, goal).map((chance) => Math.round(chance * goal.perRejectMicros));
  return {
    term: 'risk',
    perShipmentMicros: () => 0,
    perLineMicros: ({ candidate }, demand) => {
      const row = candidate.rows[demand];
      return row ? micros[row.row]! : 0;
    },
    perUnitMicros: () => 0,
  };
}
