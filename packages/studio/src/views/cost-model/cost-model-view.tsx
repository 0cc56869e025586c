// Decides the screen Cost model: what each term is charged for, by which formula and from what; and one order to try other rates on.
import './cost-model.css';
import type { CostTermText } from '@sourcewright/engine';
import { termLabel } from '../../format/words.ts';
import { useCatalogue } from '../../state/policy-queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { WhatIf } from './what-if.tsx';

export function CostModelView() {
  const { scenario, run } = useSelection();
  const { data, error, refetch } = useCatalogue();
  if (!scenario) return null;
  return (
    <div className="page cost-model">
      <header className="page-head">
        <h1>Cost model</h1>
        <p className="muted">What a plan costs is the sum of these terms, to the micro.</p>
      </header>
      {run && <WhatIf scenarioId={scenario.scenarioId} runId={run.runId} currency={scenario.currency} />}
      <h2>Terms</h2>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Terms terms={data.costs} />
      ) : (
        <SkeletonRows rows={9} />
      )}
    </div>
  );
}

function Terms({ terms }: { readonly terms: readonly CostTermText[] }) {
  return (
    <table className="table terms" aria-label="Cost terms">
      <thead>
        <tr>
          <th scope="col">Term</th>
          <th scope="col">For</th>
          <th scope="col">Formula</th>
          <th scope="col">From</th>
          <th scope="col">Where it comes from</th>
        </tr>
      </thead>
      <tbody>
        {terms.map(({ term, per, formula, inputs, source }) => (
          <tr key={term}>
            <th scope="row">{termLabel(term)}</th>
            <td>{plain(per)}</td>
            <td>{plain(formula)}</td>
            <td>
              <ul>
                {inputs.map((input) => (
                  <li key={input}>{input}</li>
                ))}
              </ul>
            </td>
            <td className="muted">{source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The texts are written for a document: links and code marks are left out. */
function plain(text: string): string {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
}
