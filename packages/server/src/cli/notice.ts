// Decides how made-up layers are named wherever a scenario's results are printed.
import type { ScenarioInfo } from '@sourcewright/engine';

/** Empty for a scenario without synthetic layers. */
export function renderNotice(scenario: ScenarioInfo): string {
  const layers = scenario.synthetic ?? [];
  if (layers.length === 0) return '';
  return ['Synthetic layers in these results:', ...layers.map((layer) => `  ${layer}`), ''].join('\n');
}
