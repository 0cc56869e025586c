// Decides the command `export-mps`: a scenario's wave becomes a file that any solver of mixed-integer programs reads.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DEFAULT_LIMITS, type MipModel, mpsPieces, type Scenario, waveMip } from '@sourcewright/engine';
import { CommandFailure } from '../failure.ts';
import { count } from '../figures.ts';
import { renderNotice } from '../notice.ts';
import { loadScenario } from '../scenario-argument.ts';

export interface ExportMpsOptions {
  readonly out: string;
  readonly orders?: string;
}

export async function exportMpsCommand(path: string, options: ExportMpsOptions): Promise<string> {
  const scenario = await loadScenario(path);
  const orders = firstOrders(scenario, options.orders);
  const mip = await waveMip({ ...scenario, orders }, scenario.policy, DEFAULT_LIMITS);
  if (!mip.ok) throw new CommandFailure('The wave cannot be said as a compact program.', mip.error);
  await write(options.out, mip.value);
  return render(scenario, orders.length, options.out, mip.value);
}

function firstOrders(scenario: Scenario, wanted: string | undefined): Scenario['orders'] {
  if (wanted === undefined) return scenario.orders;
  const number = Number(wanted);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new CommandFailure(`--orders takes a whole number of at least 1, not "${wanted}".`);
  }
  return scenario.orders.slice(0, number);
}

async function write(out: string, model: MipModel): Promise<void> {
  try {
    await pipeline(Readable.from(mpsPieces(model)), createWriteStream(out));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`${out} cannot be written: ${reason}. Name a file in a folder that exists.`);
  }
}

function render(scenario: Scenario, orders: number, out: string, { columns, rows, value }: MipModel): string {
  const integers = columns.filter(({ integer }) => integer).length;
  return [
    `${out}: ${count(orders)} orders, ${count(columns.length)} columns (${count(integers)} whole), ${count(rows.length)} rows, ${count(value.length)} coefficients; minimise ${scenario.snapshot.currency}`,
    renderNotice(scenario),
  ]
    .join('\n')
    .trimEnd();
}
