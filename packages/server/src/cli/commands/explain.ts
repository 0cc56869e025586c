// Decides the command `explain`: why an order went where it went, as a tree a person can read.
import { type Explanation, explainOrder, type LineExplanation, type Scenario } from '@sourcewright/engine';
import { CommandFailure } from '../failure.ts';
import { money } from '../figures.ts';
import { renderNotice } from '../notice.ts';
import { runSource } from '../run-source.ts';
import { limitsFrom, loadScenario, policyWith } from '../scenario-argument.ts';

export interface ExplainOptions {
  readonly order: string;
  readonly line?: string;
  readonly strategy?: string;
  readonly orderWork?: string;
  readonly json?: boolean;
}

export async function explainCommand(path: string, options: ExplainOptions): Promise<string> {
  const scenario = await loadScenario(path);
  const order = scenario.orders.find((candidate) => candidate.orderId === options.order);
  if (!order) throw new CommandFailure(`${path} has no order "${options.order}".${examples(scenario)}`);
  if (options.line !== undefined && !order.lines.some((line) => line.lineId === options.line)) {
    throw new CommandFailure(
      `Order ${order.orderId} has no line "${options.line}". It has ${order.lines.map((line) => line.lineId).join(', ')}.`,
    );
  }
  const policy = policyWith(scenario.policy, options.strategy);
  const { plan } = await runSource(scenario, policy, limitsFrom(options.orderWork));
  const explanation = await explainOrder(scenario, policy, plan, order.orderId);
  if (!explanation) throw new CommandFailure(`The plan has no order "${order.orderId}".`);
  return options.json ? JSON.stringify(explanation, null, 2) : render(scenario, explanation, options.line);
}

function examples(scenario: Scenario): string {
  return ` It has ${scenario.orders.length} orders, for example ${scenario.orders
    .slice(0, 3)
    .map((order) => order.orderId)
    .join(', ')}.`;
}

function render(scenario: Scenario, explanation: Explanation, lineId: string | undefined): string {
  const items = new Map(scenario.snapshot.items.map((item) => [item.sku, item.name ?? '']));
  const nodes = new Map(scenario.snapshot.nodes.map((node) => [node.nodeId, node.name]));
  const { cost } = explanation;
  const lines = explanation.lines.filter((line) => lineId === undefined || line.lineId === lineId);
  const terms = [
    `shipping ${money(cost.shippingMicros)}`,
    `handling ${money(cost.handlingMicros)}`,
    `split ${money(cost.splitMicros)}`,
    `lateness ${money(cost.latenessMicros)}`,
    `capacity ${money(cost.capacityMicros)}`,
    `stockOut ${money(cost.stockOutMicros)}`,
    `risk ${money(cost.riskMicros)}`,
    `preference ${money(cost.preferenceMicros)}`,
    `unsourced ${money(cost.unsourcedMicros)}`,
  ];
  return [
    `Order ${explanation.orderId}: ${money(cost.totalMicros)} ${scenario.snapshot.currency} = ${terms.join(' + ')}`,
    renderNotice(scenario),
    ...explanation.summary.map((sentence) => `  ${sentence}`),
    ...(explanation.split ? [`  ${explanation.split.sentence}`] : []),
    ...(explanation.cascade ?? []).map(({ sentence }) => `  ${sentence}`),
    '',
    ...lines.flatMap((line) => renderLine(line, items.get(line.sku) ?? '', nodes)),
  ].join('\n');
}

function renderLine(line: LineExplanation, name: string, nodes: ReadonlyMap<string, string>): string[] {
  const title = `Line ${line.lineId}  ${line.quantity} × ${line.sku}${name ? ` ${name}` : ''}`;
  const runnerUp = line.runnerUp
    ? [
        `  ├ next best: ${nodes.get(line.runnerUp.nodeId) ?? line.runnerUp.nodeId}, ${line.runnerUp.service}, delivered ${line.runnerUp.deliverOn}, ${money(line.runnerUp.marginMicros)} more`,
      ]
    : [];
  const rejections = line.rejections.flatMap((rejection) => [
    `  ├ ${rejection.sentence}`,
    ...(rejection.evidence ?? []).map(
      (evidence) =>
        `  │   ${evidence.fact} ${evidence.operator} ${JSON.stringify(evidence.expected)}: it is ${JSON.stringify(evidence.actual)}`,
    ),
  ]);
  return [title, `  ├ ${line.sentence}`, ...runnerUp, ...rejections, ''];
}
