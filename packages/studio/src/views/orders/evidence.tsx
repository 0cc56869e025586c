// Decides how it reads what a rule looked at and what it found: each condition in words, whether it held, and the value that was there.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useMemo } from 'react';
import { useCatalogue } from '../../state/policy-queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { createWords, valueText, type Words } from '../policies/fact-words.ts';
import { conditionsText } from '../policies/rule-sentence.ts';

type Found = OrderDetail['explanation']['rules'][number]['evidence'][number];

export interface EvidenceProps {
  readonly evidence: readonly Found[] | undefined;
}

/** On demand. */
export function Evidence({ evidence = [] }: EvidenceProps) {
  if (evidence.length === 0) return null;
  return (
    <details className="evidence">
      <summary>What the rule found</summary>
      <EvidenceList evidence={evidence} />
    </details>
  );
}

export function EvidenceList({ evidence = [] }: EvidenceProps) {
  const words = useWords();
  return (
    <ul className="muted">
      {evidence.map((one) => (
        <li key={`${one.fact} ${one.operator} ${String(one.expected)}`}>{foundText(one, words)}</li>
      ))}
    </ul>
  );
}

/** `the item’s weight is more than 2 kg: yes, 3 kg`; by the names of facts while their words are on their way. */
export function foundText({ fact, operator, expected, actual, holds }: Found, words: Words | null): string {
  const verdict = holds ? 'yes' : 'no';
  const none = actual === undefined || actual === null;
  if (!words) return `${fact} ${operator} ${JSON.stringify(expected)}: ${verdict}, ${JSON.stringify(actual ?? null)}`;
  const known = words.facts.get(fact);
  const condition = conditionsText({ fact, operator, value: expected }, words);
  if (none) return `${condition}: ${verdict}, there is none`;
  return known?.type === 'flag'
    ? `${condition}: ${verdict}`
    : `${condition}: ${verdict}, ${valueText(actual, known, words) || 'nothing'}`;
}

function useWords(): Words | null {
  const { data } = useCatalogue();
  const { scenario } = useSelection();
  const currency = scenario?.currency ?? '';
  return useMemo(() => (data ? createWords(data, currency) : null), [data, currency]);
}
