// Decides which views of a draft there are and what each of them is given.
import type { EffectReport, LintReport } from '@sourcewright/server/contract';
import type { Query } from '../../state/url-state.ts';
import type { Words } from './fact-words.ts';
import type { DraftDesk } from './use-draft.ts';

export const VIEWS = [
  { value: 'sentences', label: 'Sentences' },
  { value: 'builder', label: 'Builder' },
  { value: 'json', label: 'JSON' },
  { value: 'funnel', label: 'Funnel' },
  { value: 'goals', label: 'Goals and limits' },
  { value: 'versions', label: 'Versions' },
] as const;
export type View = (typeof VIEWS)[number]['value'];

/** What every view of the draft is given. */
export interface PaneProps {
  readonly desk: DraftDesk;
  readonly words: Words;
  readonly lint: LintReport | undefined;
  readonly effect: EffectReport | undefined;
  /** Opens a rule, in another view where one is named. */
  readonly open: (index: number, view?: View) => void;
  /** Position of the rule that is open; −1 when none is. */
  readonly selected: number;
  readonly go: (query: Query) => void;
  readonly known: ReadonlyMap<string, readonly string[]>;
  readonly scenarioId: string;
}
