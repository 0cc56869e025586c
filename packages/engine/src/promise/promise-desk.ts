// Decides what all questions about promises share: one snapshot, policy and limits, compiled once.
import type { Enumerator } from '../candidates/enumerate.ts';
import type { Schedule } from '../candidates/schedule.ts';
import type { Pricer } from '../costs/price.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Policy } from '../model/policy.ts';

export interface PromiseDesk {
  readonly network: Network;
  readonly policy: Policy;
  readonly limits: Limits;
  readonly enumerator: Enumerator;
  readonly pricer: Pricer;
  readonly ledger: Ledger;
  /** By node. */
  readonly schedules: readonly Schedule[];
}
