// Decides what may be done with stored policies: save, edit, move on, roll back, compare; and which one a run means by its name.
import { diffPolicies, type Issue, lintPolicy, parsePolicy, type Policy, succeed } from '@sourcewright/engine';
import type {
  MovePolicy,
  PolicyDiff,
  PolicyInfo,
  PolicyStatus,
  PolicySummary,
  PolicyVersion,
  RollBackPolicy,
  SavePolicy,
} from '../contract/index.ts';
import type { PolicyDeed, StoredPolicyVersion } from '../store/policy-store.ts';
import type { Store } from '../store/store.ts';
import { type Failure, type Outcome, refuse, refuseInput } from './failure.ts';

export interface PolicyService {
  list(): Promise<readonly PolicySummary[]>;
  versions(policyId: string): Promise<Outcome<readonly PolicyInfo[]>>;
  find(policyId: string, version: number): Promise<Outcome<PolicyVersion>>;
  create(policyId: string, request: SavePolicy): Promise<Outcome<PolicyVersion>>;
  edit(policyId: string, version: number, request: SavePolicy): Promise<Outcome<PolicyVersion>>;
  move(policyId: string, version: number, request: MovePolicy): Promise<Outcome<PolicyVersion>>;
  rollBack(policyId: string, request: RollBackPolicy): Promise<Outcome<PolicyVersion>>;
  diff(policyId: string, from: number, to: number): Promise<Outcome<PolicyDiff>>;
}

interface Needs {
  readonly store: Store;
  /** Who edited a version last cannot approve it. */
  readonly secondPerson: boolean;
}

/** Where a version may go from each state. */
const MOVES: Readonly<Record<PolicyStatus, readonly PolicyStatus[]>> = {
  draft: ['tested'],
  tested: ['approved', 'draft'],
  approved: ['published', 'draft'],
  published: ['retired'],
  retired: [],
};

export function createPolicyService({ store, secondPerson }: Needs): PolicyService {
  const found = async (policyId: string, version: number): Promise<Outcome<PolicyVersion>> => {
    const stored = await store.findPolicyVersion(policyId, version);
    return stored ? succeed(viewOf(stored)) : unknownPolicy(`${policyId}@${version}`);
  };
  return {
    list: () => store.listPolicies(),

    versions: async (policyId) => {
      const versions = await store.listPolicyVersions(policyId);
      return versions.length > 0 ? succeed(versions) : unknownPolicy(policyId);
    },

    find: found,

    create: async (policyId, request) => {
      const policy = checked(policyId, request);
      if (!policy.ok) return policy;
      return found(policyId, await store.insertPolicyVersion(policy.value, 'draft', deedOf(request)));
    },

    edit: async (policyId, version, request) => {
      const policy = checked(policyId, request);
      if (!policy.ok) return policy;
      const before = await store.findPolicyVersion(policyId, version);
      if (!before) return unknownPolicy(`${policyId}@${version}`);
      const replaced = await store.replacePolicyVersion({ ...policy.value, version }, deedOf(request));
      if (replaced) return found(policyId, version);
      return refuse('policy-immutable', `${policyId}@${version} was published. Save the change as a new version.`);
    },

    move: async (policyId, version, request) => {
      const before = await store.findPolicyVersion(policyId, version);
      if (!before) return unknownPolicy(`${policyId}@${version}`);
      const { status, author } = before;
      if (!MOVES[status].includes(request.to)) {
        const open = MOVES[status].join(' or ') || 'nowhere';
        return moveRefused(`${policyId}@${version} is ${status}; from there it goes to ${open}, not to ${request.to}.`);
      }
      if (request.to === 'tested') {
        const errors = lintPolicy(before.policy).filter(({ severity }) => severity === 'error');
        if (errors.length > 0) {
          const told = errors.map(({ path, message }) => `${path}: ${message}`).join(' ');
          return moveRefused(`The linter finds errors in ${policyId}@${version}. ${told.slice(0, 1000)}`);
        }
      }
      if (secondPerson && request.to === 'approved' && request.author === author) {
        const detail = `${author} edited ${policyId}@${version} last. Another person has to approve it.`;
        return refuse('second-person-needed', detail);
      }
      const moved = await store.movePolicyVersion(policyId, version, { from: status, to: request.to }, deedOf(request));
      if (moved) return found(policyId, version);
      return moveRefused(`${policyId}@${version} is not ${status} any more. Look at it again.`);
    },

    rollBack: async (policyId, request) => {
      const old = await store.findPolicyVersion(policyId, request.version);
      if (!old) return unknownPolicy(`${policyId}@${request.version}`);
      if (old.status !== 'retired' || !old.events.some(({ action }) => action === 'published')) {
        return moveRefused(
          `${policyId}@${request.version} is ${old.status}. Only a version that was published and retired comes back.`,
        );
      }
      const reason = `Back to version ${request.version}.${request.comment ? ` ${request.comment}` : ''}`;
      const deed = { ...deedOf(request), comment: reason };
      return found(policyId, await store.insertPolicyVersion(old.policy, 'published', deed));
    },

    diff: async (policyId, from, to) => {
      const [before, after] = await Promise.all(
        [from, to].map((version) => store.findPolicyVersion(policyId, version)),
      );
      if (!before || !after) return unknownPolicy(`${policyId}@${before ? to : from}`);
      return succeed({ policyId, from, to, changes: diffPolicies(before.policy, after.policy) });
    },
  };
}

export const TWO_POLICIES: Issue = {
  code: 'inconsistent',
  path: '/policyRef',
  message: 'policy and policyRef exclude each other. Send the one or the other.',
};

/** The policy of `policyId@version` or `policyId@published`. */
export async function policyByRef(store: Store, ref: string): Promise<Outcome<Policy>> {
  const at = ref.lastIndexOf('@');
  const policyId = ref.slice(0, at);
  const name = ref.slice(at + 1);
  const version = name === 'published' ? await store.findPublishedVersion(policyId) : Number(name);
  const stored = version === undefined ? undefined : await store.findPolicyVersion(policyId, version);
  return stored ? succeed(stored.policy) : unknownPolicy(ref);
}

/** A policy that compiles, under the id of the address. */
function checked(policyId: string, { policy }: SavePolicy): Outcome<Policy> {
  const parsed = parsePolicy(policy, '/policy');
  if (!parsed.ok) return refuseInput(parsed.error);
  if (policy.policyId === policyId) return parsed;
  const message = `The policy is called ${JSON.stringify(policy.policyId)}, the address ${JSON.stringify(policyId)}. Use one id.`;
  return refuseInput([{ code: 'inconsistent', path: '/policy/policyId', message }]);
}

function deedOf({
  author,
  comment = '',
}: {
  readonly author: string;
  readonly comment?: string | undefined;
}): PolicyDeed {
  return { at: new Date().toISOString(), author, comment };
}

function viewOf(stored: StoredPolicyVersion): PolicyVersion {
  return { ...stored, events: [...stored.events] };
}

function unknownPolicy(name: string): { readonly ok: false; readonly error: Failure } {
  return refuse('policy-not-found', `There is no policy ${name}. GET /v1/policies lists those there are.`);
}

function moveRefused(detail: string): { readonly ok: false; readonly error: Failure } {
  return refuse('policy-move-refused', detail);
}
