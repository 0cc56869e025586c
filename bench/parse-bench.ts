// Decides how fast orders are parsed and checked, beside what reading the JSON alone takes.
import { parseOrder } from '@sourcewright/engine';
import { buildLine, buildOrder } from '@sourcewright/engine/testing';
import { type Bench, median, timeEach } from './harness.ts';

const ORDERS = 20_000;
const ROUNDS = 5;

export const parseBench: Bench = {
  bench: 'parse',
  cases: [
    {
      row: 'orders-5-lines',
      about: `${ORDERS} orders of 5 lines, text to checked order, ${ROUNDS} rounds`,
      run: async () => {
        const texts = Array.from({ length: ORDERS }, (_, index) =>
          JSON.stringify(
            buildOrder(
              `o${index}`,
              ['a', 'b', 'c', 'd', 'e'].map((sku, line) => buildLine(String(line), sku, line + 1)),
            ),
          ),
        );
        const ours = timeEach(ROUNDS, () => texts.forEach((text) => parseOrder(JSON.parse(text))));
        const bare = timeEach(ROUNDS, () => texts.forEach((text) => JSON.parse(text)));
        return [
          {
            metric: 'orders a second',
            value: Math.round((ORDERS / median(ours)) * 1000),
            unit: '1/s',
            rival: 'JSON.parse alone',
            rivalValue: Math.round((ORDERS / median(bare)) * 1000),
            target: '',
            met: null,
          },
        ];
      },
    },
  ],
};
