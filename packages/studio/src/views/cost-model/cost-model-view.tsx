// Decides the screen Cost model: what each term is charged for, by which formula and what it comes to here; and one order to try other rates on.
import './cost-model.css';
import type { CostTermText, Policy } from '@sourcewright/engine';
import { termLabel } from '../../format/words.ts';
import { useCatalogue } from '../../state/policy-queries.ts';
import { useScenario } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { plainFormula, termHere } from './term-values.ts';
import { WhatIf } from './what-if.tsx';

export function CostModelView() {
  const { scenario, run } = useSelection();
  const { data, error, refetch } = useCatalogue();
  const detail = useScenario(scenario?.scenarioId ?? null);
  if (!scenario) return null;
  const policy = detail.data?.policy;
  return (
    <div className="page cost-model">
      <header className="page-head">
        <h1>Cost model</h1>
        <p className="muted">
          What a plan costs is the sum of these terms, to the micro. <a href="#what-if">Try other rates on an order</a>
        </p>
      </header>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Terms terms={data.costs} policy={policy} currency={scenario.currency} />
      ) : (
        <SkeletonRows rows={9} />
      )}
      {run && policy && <WhatIf policy={policy} run={run} />}
    </div>
  );
}

interface TermsProps {
  readonly terms: readonly CostTermText[];
  readonly policy: Policy | undefined;
  readonly currency: string;
}

function Terms({ terms, policy, currency }: TermsProps) {
  return (
    <table className="table terms" aria-label="Cost terms">
      <thead>
        <tr>
          <th scope="col">Term</th>
          <th scope="col">For</th>
          <th scope="col">Here{policy && <span className="muted"> by “{policy.name}”</span>}</th>
          <th scope="col">Formula</th>
          <th scope="col">Where it comes from</th>
        </tr>
      </thead>
      <tbody>
        {terms.map(({ term, per, formula, inputs, source }) => (
          <tr key={term}>
            <th scope="row">{termLabel(term)}</th>
            <td>{plainFormula(per)}</td>
            <td>
              {policy && (
                <ul>
                  {termHere(term, policy, currency).map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              )}
            </td>
            <td>{plainFormula(formula)}</td>
            <td className="muted">
              {source}
              <details className="evidence">
                <summary>Fields</summary>
                <ul>
                  {inputs.map((input) => (
                    <li key={input}>{input}</li>
                  ))}
                </ul>
              </details>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
