// Decides what the server keeps of policies: versions that only grow, their states, who did what. A part of the store's port.
import type { Policy } from '@sourcewright/engine';
import type { PolicyEvent, PolicyInfo, PolicyStatus, PolicySummary } from '../contract/index.ts';

export interface PolicyDeed {
  readonly at: string;
  readonly author: string;
  readonly comment: string;
}

export interface StoredPolicyVersion extends PolicyInfo {
  readonly policy: Policy;
  /** Oldest first. */
  readonly events: readonly PolicyEvent[];
}

export interface PolicyStore {
  /** Under the next version of its policy, which is laid into it; gives the version. `published` retires the one published before. */
  insertPolicyVersion(policy: Policy, status: 'draft' | 'published', deed: PolicyDeed): Promise<number>;
  /** By policy id. */
  listPolicies(): Promise<readonly PolicySummary[]>;
  /** Newest first. */
  listPolicyVersions(policyId: string): Promise<readonly PolicyInfo[]>;
  findPolicyVersion(policyId: string, version: number): Promise<StoredPolicyVersion | undefined>;
  findPublishedVersion(policyId: string): Promise<number | undefined>;
  /** A draft again, with another policy; false where it was published or is not there. */
  replacePolicyVersion(policy: Policy, deed: PolicyDeed): Promise<boolean>;
  /** False where it is not in `from` any more. Publishing retires the version published before. */
  movePolicyVersion(
    policyId: string,
    version: number,
    move: { readonly from: PolicyStatus; readonly to: PolicyStatus },
    deed: PolicyDeed,
  ): Promise<boolean>;
}
