// Decides what an order page says on paper that the frame around it says on the screen: dataset, run, policy and when; what was made up.
import type { Run } from '@sourcewright/server/contract';
import { instantText } from '../../format/date.ts';
import { runName, strategyLabel } from '../../format/words.ts';
import { usePrinting } from '../../state/printing.ts';
import { useSelection } from '../../state/selection.tsx';

export function PaperHead({ run }: { readonly run: Run }) {
  const { scenario } = useSelection();
  if (!usePrinting()) return null;
  const { policy, strategy, finishedAt } = run;
  const name = runName(run);
  const how = name === strategyLabel(strategy) ? '' : ` (${strategyLabel(strategy)})`;
  const facts: readonly (readonly [string, string])[] = [
    ['Dataset', scenario?.title ?? run.scenarioId],
    ['Run', `${name}${how}${finishedAt ? `, of ${instantText(finishedAt)}` : ''}`],
    ['Policy', `${policy.name}, version ${policy.version}`],
    ['Printed', instantText(new Date().toISOString())],
  ];
  return (
    <dl className="facts paper">
      {facts.map(([label, text]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

export function PaperFoot() {
  const { scenario } = useSelection();
  const { synthetic = [], attributions = [] } = scenario ?? {};
  if (!usePrinting() || synthetic.length + attributions.length === 0) return null;
  return (
    <footer className="paper">
      {synthetic.length > 0 && <p>Made up, not observed: {synthetic.join(' ')}</p>}
      {attributions.length > 0 && <p>Data: {attributions.join(' ')}</p>}
    </footer>
  );
}
