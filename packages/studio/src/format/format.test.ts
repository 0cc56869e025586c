import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';
import { daysBetween, fullDayText, instantText, localDate, spanText } from './date.ts';
import { deltaOf } from './delta.ts';
import { loadFinding, savingFinding } from './findings.ts';
import {
  amountText,
  currencySign,
  moneyText,
  signedAmountText,
  totalText,
  fineAmountText,
  marginText,
  shownDifference,
  sizeText,
} from './money.ts';
import { namesText } from './names.ts';
import { roomWorth } from './node-worth.ts';
import { countText, DASH, decimalText, percentText, plural, signedText } from './number.ts';
import { proofWords } from './proof-words.ts';
import { stageAge, stageText } from './stage-text.ts';
import { methodLabel, reasonLabel, runName, strategyLabel } from './words.ts';

const NBSP = '\u00a0';

describe('numbers', () => {
  it('shows a missing value as a dash, never as 0', () => {
    for (const missing of [null, undefined, Number.NaN]) {
      expect([countText(missing), decimalText(missing), percentText(missing), signedText(missing)]).toEqual(
        Array(4).fill(DASH),
      );
      expect([amountText(missing), totalText(missing), moneyText(missing, 'GBP'), spanText(missing)]).toEqual(
        Array(4).fill(DASH),
      );
    }
    expect([countText(0), amountText(0), percentText(0)]).toEqual(['0', '0.00', `0.0${NBSP}%`]);
  });

  it('keeps a small share visible', () => {
    expect(percentText(0.4283)).toBe(`42.8${NBSP}%`);
    expect(percentText(0.00003)).toBe(`0.003${NBSP}%`);
    expect(percentText(-0.00003)).toBe(`−0.003${NBSP}%`);
    expect(percentText(1e-9)).toBe(`<${NBSP}0.0001${NBSP}%`);
  });

  it('signs differences and never writes a negative zero', () => {
    expect(signedText(12)).toBe('+12');
    expect(signedText(-1200)).toBe('−1,200');
    expect(signedText(0)).toBe('0');
    expect(decimalText(-0.001)).toBe('0.00');
    expect(plural(1, 'order')).toBe('1 order');
    expect(plural(1204, 'order')).toBe('1,204 orders');
  });
});

describe('money', () => {
  it('reads micros as decimals, with the sign of the currency where one is short', () => {
    expect(amountText(12_345_670_000)).toBe('12,345.67');
    expect(signedAmountText(-500_000)).toBe('−0.50');
    expect(moneyText(-12_500_000, 'GBP')).toBe('−£12.50');
    expect(currencySign('USD')).toBe('$');
    expect(currencySign('CHF')).toBe('CHF ');
  });

  it('shortens totals as they grow', () => {
    expect(totalText(378_500_000)).toBe('378.50');
    expect(totalText(27_582_783_800)).toBe('27,583');
    expect(totalText(2_461_380_543_500_000)).toBe(`2,461.4${NBSP}M`);
  });
});

describe('dates', () => {
  it('reads local dates, instants and spans', () => {
    expect(fullDayText('2011-11-14')).toBe('Mon 14 Nov 2011');
    expect(instantText('2011-07-14T23:30:00Z', 'Europe/London')).toBe('15 Jul 2011, 00:30');
    expect(instantText('never')).toBe(DASH);
    expect(localDate('2011-07-14T23:30:00Z', 'Europe/London')).toBe('2011-07-15');
    expect(daysBetween('2011-10-28', '2011-11-02')).toBe(5);
    expect([spanText(850), spanText(12_340), spanText(245_000)]).toEqual(['850 ms', '12.3 s', '4 min 05 s']);
  });
});

describe('differences', () => {
  it('judges by what is better, not by the sign', () => {
    expect(deltaOf(90, 100, 'lower')).toEqual({ value: -10, share: -0.1, tone: 'better' });
    expect(deltaOf(0.9, 0.8, 'higher')?.tone).toBe('better');
    expect(deltaOf(110, 100, 'lower')?.tone).toBe('worse');
    expect(deltaOf(5, 5, 'lower')?.tone).toBe('same');
    expect(deltaOf(5, 0, 'lower')?.share).toBeNull();
    expect(deltaOf(null, 5, 'lower')).toBeNull();
    expect(deltaOf(5, undefined, 'lower')).toBeNull();
  });
});

describe('findings', () => {
  const steps = [
    { term: 'shipping', deltaMicros: -30_000_000 },
    { term: 'lateness', deltaMicros: -40_000_000 },
    { term: 'unsourced', deltaMicros: 10_000_000 },
  ] as const;

  it('names by how much and in what two runs differ', () => {
    expect(savingFinding('Exact', 'Nearest', 600_000_000, -60_000_000, steps, 'GBP')).toBe(
      `Exact costs £60.00 (10.0${NBSP}%) less than Nearest, mostly in lateness`,
    );
    const even = [steps[0], { ...steps[1], deltaMicros: -25_000_000 }, { ...steps[2], deltaMicros: -15_000_000 }];
    expect(savingFinding('A', 'B', 0, -70_000_000, even, 'GBP')).toBe(
      'A costs £70.00 less than B, mostly in shipping and lateness',
    );
    expect(savingFinding('A', 'B', 5, 0, [], 'GBP')).toBe('A costs exactly as much as B');
  });

  it('names the node with the most, or the chosen one', () => {
    const nodes = [
      { name: 'Depot', value: 60 },
      { name: 'Shop', value: 40 },
    ];
    expect(loadFinding(nodes, 'ships', 'units')).toBe(`Depot ships 60.0${NBSP}% of all units`);
    expect(loadFinding([nodes[0]!, { ...nodes[1]!, chosen: true }], 'ships', 'units')).toMatch(/^Shop ships 40/);
    expect(loadFinding([{ name: 'Depot', value: 0 }], 'sends', 'late shipments')).toBe('No late shipments');
  });
});

describe('words', () => {
  it('reads codes, and an unknown code as itself', () => {
    expect(strategyLabel('fcfs-exact')).toBe('Exact');
    expect(strategyLabel('new-strategy')).toBe('new-strategy');
    expect(strategyLabel('constructor')).toBe('constructor');
    expect(reasonLabel('no-stock-left')).toBe('No stock left');
    expect(methodLabel('open-set-search')).toBe('open set search');
    expect(runName({ name: 'nearest', strategy: 'nearest' })).toBe('Nearest');
    expect(runName({ name: 'Monday', strategy: 'nearest' })).toBe('Monday');
  });
});

describe('csv', () => {
  it('quotes what needs it and guards formulas', () => {
    expect(
      csvText([
        ['a', 'b,"c"', 1, null],
        ['=1+1', '@x', '-3', -3],
      ]),
    ).toBe('a,"b,""c""",1,\r\n\'=1+1,\'@x,\'-3,-3\r\n');
  });
});

describe('small amounts', () => {
  it('are never told as nothing', () => {
    expect(marginText(1_234_000, 'GBP')).toBe('+£1.23');
    expect(marginText(-1_234_000, 'GBP')).toBe('−£1.23');
    expect(marginText(4_999, 'GBP')).toBe('+<£0.01');
    expect(marginText(-1, 'GBP')).toBe('−<£0.01');
    expect(marginText(0, 'GBP')).toBe('same');
    expect(fineAmountText(4_999)).toBe(`<${NBSP}0.01`);
    expect([fineAmountText(0), fineAmountText(5_000)]).toEqual(['0.00', '0.01']);
    expect(sizeText(-300, 'GBP')).toBe('less than £0.01');
    expect(sizeText(-300_000, 'GBP')).toBe('£0.30');
  });

  it('differ by what a reader works out from the figures shown', () => {
    for (const [left, right] of [
      [34_900, 25_100],
      [34_999, 25_000],
      [5_000, -5_000],
      [1, 4_999],
    ] as const) {
      const shown = (micros: number): number => Math.round(Number(amountText(micros).replace('−', '-')) * 100);
      expect(shownDifference(left, right)).toBe((shown(right) - shown(left)) * 10_000);
    }
  });
});

describe('names', () => {
  it('are listed as in a sentence, and counted where they are many', () => {
    expect([namesText([]), namesText(['A']), namesText(['A', 'B'])]).toEqual(['', 'A', 'A and B']);
    expect(namesText(['A', 'B', 'C'])).toBe('A, B and C');
    expect(namesText(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 more');
  });
});

describe('proofs', () => {
  it('read by how the strategy decides: in turn against what was found, together against having all to itself', () => {
    expect(proofWords('fcfs-exact').share(0, true)).toBe('proven');
    expect(proofWords('fcfs-exact').share(0.031, false)).toBe(`3.1${NBSP}%`);
    expect(proofWords('optimal').share(0, true)).toBe('none');
    expect(proofWords('optimal').share(3e-7, false)).toBe('none');
    expect(proofWords('fcfs-exact').open!.attention(2)).toBe('2 orders not proven least cost');
    // Nearly every order might cost less with all to itself: to filter by that picks out nothing.
    expect(proofWords('optimal').open).toBe(null);
    expect(percentText(3e-9, 2)).toBe(`<${NBSP}0.0001${NBSP}%`);
  });
});

describe('stages', () => {
  it('grow older from the first to the last, also where one starts to count anew', () => {
    const at = (stage: Parameters<typeof stageText>[0], done: number) =>
      stageAge({ stage, done, total: 9, costMicros: 0 });
    const ages = [at(null, 0), at('enumerate', 0), at('enumerate', 9), at('solve', 0), at('bound', 3), at('verify', 9)];
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
    expect(new Set(ages).size).toBe(ages.length);
    expect(stageText('verify')).toBe('Verifying the plan');
    expect(stageText(null)).toBe('Starting');
  });
});

describe('room for more orders a day', () => {
  const price = {
    kind: 'shipments',
    nodeId: 'DC',
    sku: null,
    shipOn: '2011-11-14',
    supply: 110,
    unitMicros: 300_000,
    name: null,
    nodeName: 'DC',
  } as const;

  it('is worth the prices of its days, of shipments and of their units', () => {
    const units = { ...price, kind: 'units', unitMicros: 10_000 } as const;
    const next = { ...price, shipOn: '2011-11-15', unitMicros: 100_000 };
    const stock = { ...price, kind: 'stock', sku: 'a', shipOn: null } as const;
    expect(roomWorth([price, units, next, stock], 10, 20)).toEqual({ orders: 10, days: 2, mostMicros: 6_000_000 });
    expect(roomWorth([stock], 10, 20)).toBeNull();
  });
});
