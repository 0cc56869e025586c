// Decides how benches are called: `node bench/main.ts [bench ...] [--row NAME] [--list] [--json]`. Exits 0 also where a target is missed,
// 1 where a row gives no figures.
import { parseArgs } from 'node:util';
import { basketBench } from './basket-bench.ts';
import { countsBench } from './counts-bench.ts';
import { deadlineBench } from './deadline-bench.ts';
import { explainBench } from './explain-bench.ts';
import { type Bench, type BenchRow, machineLine, renderRows, runCase } from './harness.ts';
import { orderBench } from './order-bench.ts';
import { parseBench } from './parse-bench.ts';
import { promiseBench } from './promise-bench.ts';
import { ruleBench } from './rule-bench.ts';
import { waveBench } from './wave-bench.ts';
import { weekBench } from './week-bench.ts';

const BENCHES: readonly Bench[] = [
  orderBench,
  weekBench,
  parseBench,
  ruleBench,
  waveBench,
  deadlineBench,
  explainBench,
  promiseBench,
  countsBench,
  basketBench,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    row: { type: 'string' },
    list: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

const chosen = positionals.length === 0 ? BENCHES : BENCHES.filter(({ bench }) => positionals.includes(bench));
const unknown = positionals.filter((name) => !BENCHES.some(({ bench }) => bench === name));
const known = BENCHES.map(({ bench }) => bench).join(', ');
if (values.help) {
  console.log(`Usage: node bench/main.ts [${known}] [--row NAME] [--list] [--json]`);
} else if (unknown.length > 0) {
  console.error(`There is no bench "${unknown[0]}". Use any of: ${known}.`);
  process.exitCode = 2;
} else if (values.list) {
  list();
} else {
  await runAll();
}

function list(): void {
  for (const { bench, cases } of chosen) {
    for (const { row, about, onlyWhenNamed } of cases) {
      console.log(`${bench}/${row}  ${about}${onlyWhenNamed ? ' (only when named)' : ''}`);
    }
  }
}

async function runAll(): Promise<void> {
  const wanted = chosen.flatMap(({ bench, cases }) =>
    cases
      .filter((one) => (values.row === undefined ? !one.onlyWhenNamed : values.row === one.row))
      .map((one) => ({ bench, one })),
  );
  if (wanted.length === 0) {
    console.error(`No row is called "${values.row}". See --list.`);
    process.exitCode = 2;
    return;
  }
  const rows: BenchRow[] = [];
  for (const { bench, one } of wanted) {
    if (!values.json) console.error(`${bench}/${one.row}: ${one.about} ...`);
    try {
      rows.push(...(await runCase(bench, one)));
    } catch (error) {
      // The other rows still count; one that gives no figures is a failure, not a missed target.
      console.error(`${bench}/${one.row} failed: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length > 0) console.log(`\n${machineLine()}\n\n${renderRows(rows)}`);
}
