// Decides how one learns what a dataset is: what was made up, and who has to be named for the rest.
import type { ScenarioSummary } from '@sourcewright/server/contract';
import { plural } from '../../format/number.ts';
import { Dialog } from '../../ui/dialog.tsx';

export function AboutDataset({
  scenario,
  onClose,
}: {
  readonly scenario: ScenarioSummary;
  readonly onClose: () => void;
}) {
  return (
    <Dialog label={`About ${scenario.title}`} onClose={onClose}>
      <div className="about">
        <header>
          <h1>{scenario.title}</h1>
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </header>
        {scenario.description && <p>{scenario.description}</p>}
        <p className="muted">
          {plural(scenario.orders, 'order')}, {plural(scenario.lines, 'line')}, {plural(scenario.items, 'item')},{' '}
          {plural(scenario.nodes, 'node')}; money in {scenario.currency}, days in {scenario.timeZone}
        </p>
        <Points title="Made up by a documented script, not observed" texts={scenario.synthetic} />
        <Points title="Data" texts={scenario.attributions} />
      </div>
    </Dialog>
  );
}

function Points({ title, texts }: { readonly title: string; readonly texts: readonly string[] | undefined }) {
  if (!texts || texts.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
