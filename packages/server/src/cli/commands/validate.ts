// Decides the command `validate`: whether a scenario can be sourced; every issue at once when it cannot.
import { loadScenarioFolder } from '../../scenario-files/load-scenario-folder.ts';
import { CommandFailure } from '../failure.ts';
import { count } from '../figures.ts';
import { renderNotice } from '../notice.ts';

export interface ValidateOptions {
  readonly json?: boolean;
}

export async function validateCommand(path: string, options: ValidateOptions): Promise<string> {
  const loaded = await loadScenarioFolder(path);
  if (!loaded.ok) {
    const issues = loaded.error.length;
    const message = `${path} is not valid: ${issues} issue${issues === 1 ? '' : 's'}.`;
    const json = options.json ? JSON.stringify({ valid: false, issues: loaded.error }, null, 2) : undefined;
    throw new CommandFailure(message, loaded.error, json);
  }
  const { scenarioId, orders, snapshot, policy } = loaded.value;
  const lines = orders.reduce((sum, order) => sum + order.lines.length, 0);
  const counts = {
    orders: orders.length,
    lines,
    nodes: snapshot.nodes.length,
    items: snapshot.items.length,
    stock: snapshot.stock.length,
    receipts: snapshot.receipts?.length ?? 0,
    rateCards: snapshot.rateCards.length,
    rules: policy.rules?.length ?? 0,
  };
  if (options.json) return JSON.stringify({ valid: true, scenarioId, counts }, null, 2);
  const listed = Object.entries(counts).map(([name, value]) => `${name} ${count(value)}`);
  const notice = renderNotice(loaded.value, 'Synthetic layers:');
  return [`${scenarioId} is valid: ${listed.join(', ')}.`, notice].filter(Boolean).join('\n').trimEnd();
}
