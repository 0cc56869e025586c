import { describe, expect, it } from 'vitest';
import { hrefHere, hrefOf, readPlace, writePlace } from './url-state.ts';

describe('the address', () => {
  it('names a screen, an order and a selection', () => {
    const place = readPlace('/orders/CS%2001%2Fa', '?run=r-1&filter=late&unknown=1&q=');
    expect(place).toEqual({ screen: 'orders', orderId: 'CS 01/a', query: { run: 'r-1', filter: 'late' } });
    expect(writePlace(place)).toBe('/orders/CS%2001%2Fa?run=r-1&filter=late');
  });

  it('reads back what it writes', () => {
    for (const href of ['/', '/map?node=DC-1&measure=late', '/compare?runs=r-1,r-2&versus=r-2', '/orders/1?q=a+b']) {
      const [path, search = ''] = href.split('?');
      expect(writePlace(readPlace(path!, search))).toBe(href);
    }
  });

  it('does not take what it does not know for a screen', () => {
    for (const path of ['/nowhere', '/map/extra', '/orders/1/2', '/constructor']) {
      expect(readPlace(path, '').screen).toBe('missing');
    }
    expect(readPlace('/orders/%E0%A4%A', '').orderId).toBe('%E0%A4%A');
  });

  it('takes what is looked at along to another screen, but not how', () => {
    const here = readPlace('/orders/7', '?dataset=d&run=r&base=b&filter=late&q=x&theme=dark');
    expect(hrefOf(here, 'map', { node: 'n' })).toBe('/map?dataset=d&run=r&base=b&node=n&theme=dark');
    expect(hrefHere(here, { filter: '' })).toBe('/orders/7?dataset=d&run=r&base=b&q=x&theme=dark');
    expect(hrefHere(here, { q: '', filter: '' }, null)).toBe('/orders?dataset=d&run=r&base=b&theme=dark');
  });
});
