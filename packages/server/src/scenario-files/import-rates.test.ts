import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { importRates } from './import-rates.ts';

const folder = mkdtempSync(join(tmpdir(), 'sourcewright-rates-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function imported(...lines: string[]) {
  const file = join(folder, 'rates.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return importRates(file);
}

async function issuesOf(...lines: string[]): Promise<string[]> {
  const result = await imported(...lines);
  return result.ok ? [] : result.error.map(({ code, path }) => `${code} ${path}`);
}

const HEADER = 'rateCardId,service,zone,transitDays,uptoKg,fixed,perKg';

describe('importRates', () => {
  it('reads the template that is published as an example', async () => {
    const result = await importRates(join(import.meta.dirname, '../../../../examples/rates.csv'));
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    const { cards, notes } = result.value;
    expect(cards.map(({ rateCardId, zones }) => [rateCardId, ...zones.map(({ zone }) => zone)])).toEqual([
      ['parcel', 'isles', 'mainland'],
      ['express', 'near', 'far'],
    ]);
    expect(cards[0]).toEqual({
      rateCardId: 'parcel',
      name: 'Parcel 48',
      service: 'standard',
      carrier: 'Example Parcels',
      maxParcelGrams: 30_000,
      deliveryWeekdays: [1, 2, 3, 4, 5],
      surcharges: { residentialMicros: 450_000, fuelPercent: 6.5 },
      zones: [
        {
          zone: 'isles',
          regions: ['JE', 'GY', 'IM'],
          postcodePrefixes: ['ZE', 'KW15', 'KW16', 'HS'],
          transitDays: 4,
          transitDaysP90: 6,
          bands: [
            { uptoGrams: 2000, fixedMicros: 9_800_000, perKgMicros: 0 },
            { fixedMicros: 8_200_000, perKgMicros: 800_000 },
          ],
        },
        {
          zone: 'mainland',
          transitDays: 2,
          transitDaysP90: 3,
          bands: [
            { uptoGrams: 1000, fixedMicros: 3_100_000, perKgMicros: 0 },
            { uptoGrams: 10_000, fixedMicros: 3_100_000, perKgMicros: 350_000, minimumMicros: 3_400_000 },
            { fixedMicros: 4_000_000, perKgMicros: 300_000 },
          ],
        },
      ],
    });
    expect(cards[1]!.surcharges?.remote).toEqual({
      perParcelMicros: 14_000_000,
      postcodePrefixes: ['IV', 'KW', 'PA20'],
    });
    expect(notes).toEqual([]);
  });

  it('names the row and column of everything that is wrong', async () => {
    expect(await issuesOf(HEADER, 'a,s,all,2,5,3.10,', 'a,t,all,3,5,2.00,')).toEqual([
      'inconsistent rates.csv:3 (service)',
      'inconsistent rates.csv:3 (transitDays)',
      'duplicate-id rates.csv:3 (uptoKg)',
    ]);
    expect(await issuesOf(HEADER, 'a,s,all,2,,free,')).toEqual(['wrong-type rates.csv:2 (fixed)']);
    expect(await issuesOf(HEADER, 'a,s,x,2,,1,', 'a,s,y,2,5,1,', 'a,s,y,2,9,-1,')).toEqual([
      'out-of-range rates.csv:4 (fixed)',
    ]);
    expect(await issuesOf(HEADER, 'a,s,x,500,,1,')).toEqual(['out-of-range rates.csv:2 (transitDays)']);
    expect(await issuesOf(HEADER, 'a,s,x,1,,1,', 'a,s,x,1,,2,')).toEqual(['inconsistent rates.csv:2 (uptoKg)']);
    expect(await issuesOf(`${HEADER},transitDaysP90`, 'a,s,x,3,,1,,2')).toEqual([
      'inconsistent rates.csv:2 (transitDaysP90)',
    ]);
    expect(await issuesOf(`${HEADER},remote`, 'a,s,x,3,,1,,2')).toEqual(['missing rates.csv:2 (remotePrefixes)']);
    expect(await issuesOf(HEADER)).toEqual(['missing rates.csv']);
    expect(await issuesOf('rateCardId,zone,price')).toContain('unknown-field rates.csv:1');
  });

  it('notes what is allowed and seldom meant', async () => {
    const result = await imported(
      `${HEADER},postcodePrefixes,maxParcelKg`,
      'a,s,all,2,1,5.00,,,20',
      'a,s,all,2,10,4.00,,,',
      'a,s,far,3,20,9.00,,IV,',
      'b,s,one,2,20,1.00,,IV|KW,',
      'b,s,two,2,20,1.00,,KW|ZE,',
    );
    expect(result.ok ? result.value.notes : result.error).toEqual([
      'a: zone far is never reached, because all above it fits every destination.',
      'a: in zone all a parcel just above 1 kg costs less than one of that weight.',
      'a: in zone all the last band ends at 10 kg; heavier shipments go in several parcels.',
      'b: no zone fits every destination; nothing goes by this card to those left over.',
      'b: postcodes KW stand in one and two; one is used.',
      'b: in zone one the last band ends at 20 kg; heavier shipments go in several parcels.',
      'b: in zone two the last band ends at 20 kg; heavier shipments go in several parcels.',
    ]);
  });
});
