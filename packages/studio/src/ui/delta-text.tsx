// Decides how a difference looks: arrow, sign, size and share, coloured by better or worse, with the verdict in words.
import type { Delta } from '../format/delta.ts';
import { percentText, signedText } from '../format/number.ts';

export interface DeltaTextProps {
  readonly delta: Delta | null;
  /** How the size reads, without its sign. */
  readonly text: (size: number) => string;
  /** Whether to add the share of the baseline. */
  readonly withShare?: boolean;
}

const VERDICTS = { better: 'better', worse: 'worse', same: 'unchanged', plain: '' } as const;

export function DeltaText({ delta, text, withShare = true }: DeltaTextProps) {
  if (!delta) return <span className="delta same">–</span>;
  if (delta.value === 0) return <span className="delta same">= unchanged</span>;
  const verdict = VERDICTS[delta.tone];
  return (
    <span className={`delta ${delta.tone}`}>
      <span aria-hidden="true">{delta.value < 0 ? '▼' : '▲'} </span>
      {signedText(delta.value, text)}
      {withShare && delta.share !== null && ` (${signedText(delta.share, (share) => percentText(share))})`}
      {verdict && <span className="sr-only"> {verdict}</span>}
    </span>
  );
}
