// Decides how made-up layers are named wherever a scenario's results are printed.
import type { ScenarioInfo } from '@sourcewright/engine';

/** Empty for a scenario without synthetic layers. */
export function renderNotice(scenario: ScenarioInfo, title = 'Synthetic layers in these results:'): string {
  const layers = scenario.synthetic ?? [];
  if (layers.length === 0) return '';
  return [title, ...layers.map((layer) => `  ${layer}`), ''].join('\n');
}

/** One line for what has its answer first; `path` is what the scenario was called in the call. */
export function renderNoticeLine({ synthetic = [] }: ScenarioInfo, path: string): string {
  return synthetic.length === 0 ? '' : `Part of this data is made up: sourcewright validate ${path} lists it.`;
}
