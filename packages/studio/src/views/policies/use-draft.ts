// Decides how a draft lives on the device: saved as it is written, found again after a reload, dropped on request.
import type { Policy } from '@sourcewright/engine';
import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';
import { type Draft, reduceDraft, startDraft } from './draft.ts';
import { sameJson } from './same-json.ts';
import { policyLike } from './policy-text.ts';

export interface DraftDesk {
  readonly policy: Policy;
  /** What the draft is compared with. */
  readonly base: Policy;
  readonly draft: Draft;
  readonly isChanged: boolean;
  /** Makes a step; steps with the same mark in a row are one. */
  readonly change: (policy: Policy, done: string, mark?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Starts anew from a policy: the base unless another is given. */
  readonly start: (policy?: Policy) => void;
}

/** `name` tells drafts of one device apart. */
export function useDraft(name: string, base: Policy): DraftDesk {
  const key = `sourcewright.draft.${name}`;
  const [draft, dispatch] = useReducer(reduceDraft, null, () => startDraft(kept(key) ?? base));
  const { policy } = draft.now;
  const isChanged = useMemo(() => !saysTheSame(policy, base), [policy, base]);
  // A draft that said what was published follows what is published now.
  const [followed, setFollowed] = useState(base);
  if (followed !== base) {
    setFollowed(base);
    if (saysTheSame(policy, followed)) dispatch({ type: 'start', policy: base });
  }
  useEffect(() => {
    keep(key, isChanged ? policy : null);
  }, [key, policy, isChanged]);
  const change = useCallback(
    (next: Policy, done: string, mark?: string) =>
      dispatch({ type: 'change', policy: next, done, ...(mark !== undefined && { mark }) }),
    [],
  );
  const undo = useCallback(() => dispatch({ type: 'undo' }), []);
  const redo = useCallback(() => dispatch({ type: 'redo' }), []);
  const start = useCallback((next?: Policy) => dispatch({ type: 'start', policy: next ?? base }), [base]);
  return { policy, base, draft, isChanged, change, undo, redo, start };
}

/** But for the version, which whoever keeps the policy counts. */
function saysTheSame(a: Policy, b: Policy): boolean {
  return sameJson({ ...a, version: 0 }, { ...b, version: 0 });
}

function kept(key: string): Policy | null {
  try {
    const text = localStorage.getItem(key);
    const value: unknown = text === null ? null : JSON.parse(text);
    const found = policyLike(value);
    return typeof found === 'string' ? null : found;
  } catch {
    return null;
  }
}

/** A device that keeps nothing, or has no room, only loses the draft at a reload. */
function keep(key: string, policy: Policy | null): void {
  try {
    if (policy === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(policy));
  } catch {
    // Private windows may refuse.
  }
}
