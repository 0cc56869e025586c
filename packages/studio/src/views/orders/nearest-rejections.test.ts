import type { OrderDetail } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { nearestRejections } from './nearest-rejections.ts';

const at = (lat: number) => ({ name: '', location: { lat, lon: 0 } });
const detail = {
  order: { destination: { lat: 50, lon: 0 }, lines: [] },
  nodes: { far: at(58), near: at(51), south: at(48), nowhere: { name: '', location: null } },
} as unknown as OrderDetail;
const rejection = (nodeId: string, code = 'costs-more') => ({ id: '', nodeId, code, sentence: '' }) as never;

describe('the nearest of those that were turned down', () => {
  it('are kept with all their reasons, in the order in which they stand', () => {
    const all = [rejection('far'), rejection('nowhere'), rejection('south'), rejection('near'), rejection('near', 'x')];
    const ids = (most: number) => nearestRejections(all, detail, most).map(({ nodeId }) => nodeId);
    expect(ids(2)).toEqual(['south', 'near', 'near']);
    expect(ids(3)).toEqual(['far', 'south', 'near', 'near']);
    expect(ids(9)).toEqual(all.map(({ nodeId }) => nodeId));
  });

  it('are all the same without a destination on the map', () => {
    const lost = { ...detail, order: { ...detail.order, destination: {} } } as OrderDetail;
    expect(nearestRejections([rejection('far'), rejection('near')], lost, 1)).toHaveLength(1);
  });
});
