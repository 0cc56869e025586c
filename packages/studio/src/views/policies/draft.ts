// Decides how a policy that is being written changes: one step at a time, each of which can be taken back.
// Leaves keeping it on the device to use-draft.ts and judging it to the linter.
import type { Policy } from '@sourcewright/engine';

export type Rule = NonNullable<Policy['rules']>[number];

export interface Step {
  readonly policy: Policy;
  /** What was done to come here, for the notice beside Undo; empty for the start. */
  readonly done: string;
  /** Steps with the same mark in a row count as one, so that typing is taken back as a whole. */
  readonly mark: string | null;
}

export interface Draft {
  readonly past: readonly Step[];
  readonly now: Step;
  readonly future: readonly Step[];
}

export type DraftAction =
  | { readonly type: 'change'; readonly policy: Policy; readonly done: string; readonly mark?: string }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'start'; readonly policy: Policy };

const KEPT_STEPS = 100;

export function startDraft(policy: Policy): Draft {
  return { past: [], now: { policy, done: '', mark: null }, future: [] };
}

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  const { past, now, future } = draft;
  switch (action.type) {
    case 'start':
      return startDraft(action.policy);
    case 'undo': {
      const last = past.at(-1);
      return last ? { past: past.slice(0, -1), now: last, future: [now, ...future] } : draft;
    }
    case 'redo': {
      const [next, ...rest] = future;
      return next ? { past: [...past, now], now: next, future: rest } : draft;
    }
    case 'change': {
      const mark = action.mark ?? null;
      const step: Step = { policy: action.policy, done: action.done, mark };
      const goesOn = mark !== null && mark === now.mark;
      return { past: goesOn ? past : [...past, now].slice(-KEPT_STEPS), now: step, future: [] };
    }
  }
}

export const rulesOf = (policy: Policy): readonly Rule[] => policy.rules ?? [];

export function withRules(policy: Policy, rules: readonly Rule[]): Policy {
  return { ...policy, rules: [...rules] };
}

export function replaceRule(policy: Policy, index: number, rule: Rule): Policy {
  return withRules(policy, rulesOf(policy).with(index, rule));
}

/** After the rule at `index`, or at the end. The name is made unique. */
export function insertRule(policy: Policy, rule: Rule, index = rulesOf(policy).length - 1): Policy {
  const rules = rulesOf(policy);
  return withRules(policy, rules.toSpliced(index + 1, 0, { ...rule, name: freeName(rules, rule.name) }));
}

export function removeRule(policy: Policy, index: number): Policy {
  return withRules(policy, rulesOf(policy).toSpliced(index, 1));
}

/** To a position among the rules; beyond the ends is the end. */
export function moveRule(policy: Policy, from: number, to: number): Policy {
  const rules = rulesOf(policy);
  const target = Math.max(0, Math.min(rules.length - 1, to));
  return withRules(policy, rules.toSpliced(from, 1).toSpliced(target, 0, rules[from]!));
}

export function toggleRule(policy: Policy, index: number): Policy {
  const { enabled, ...rule } = rulesOf(policy)[index]!;
  return replaceRule(policy, index, enabled === false ? rule : { ...rule, enabled: false });
}

export const isOn = (rule: Rule): boolean => rule.enabled !== false;

function freeName(rules: readonly Rule[], wanted: string): string {
  const taken = new Set(rules.map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const name = `${wanted} ${number}`;
    if (!taken.has(name)) return name;
  }
}
