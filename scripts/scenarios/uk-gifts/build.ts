// Decides how uk-gifts is put together: the real week of orders, and around it made-up layers, each named as such.
import { join } from 'node:path';
import type { Scenario } from '@sourcewright/engine';
import { renderScenario } from '../../../packages/server/src/scenario-files/render-scenario.ts';
import { microsOf, readRawTable } from '../raw-table.ts';
import { COLLECTION_CARDS, collectSome } from './collection.ts';
import { buildItem } from './items.ts';
import { buildNetwork, CALENDARS } from './network.ts';
import { buildOrders } from './orders.ts';
import { buildPickHistory } from './pick-history.ts';
import { POLICY } from './policy.ts';
import { isSale, type Product, RAW, readDistricts, readPastDemand } from './raw.ts';
import { buildStock } from './stock.ts';
import { buildRateCards, PARCEL_RULES } from './tariff.ts';

export function buildUkGifts(): ReadonlyMap<string, Buffer> {
  return renderScenario(ukGifts(), { compress: true });
}

export function ukGifts(): Scenario {
  const districts = readDistricts();
  const sales = readRawTable(join(RAW, 'sample-week.csv.gz'), isSale);
  const items = readProducts().map(buildItem);
  const sites = buildNetwork(districts);
  const { stock, receipts } = buildStock(items, readPastDemand(), sites);
  return {
    scenarioId: 'uk-gifts',
    title: 'UK gifts, peak week',
    description:
      'The 687 orders that a UK gift retailer really took from 14 to 20 November 2011, put on a made-up network of 24 places that can send them.',
    synthetic: [
      'Network: 24 places, their calendars, capacities and handling costs are made up; they stand at real postcode districts.',
      'Stock, receipts and the stores’ own demand are drawn from the sales of the eight weeks before, never from the week itself; the history of picks is made up.',
      'Destinations: each customer has a UK postcode district drawn by population; orders from abroad go to one forwarder at Heathrow.',
      'Weights follow the price with noise, sizes the weight; categories are read from the product names.',
      'Tariff, next-day requests, collection at stores, goals and rules are illustrative.',
    ],
    attributions: [
      'Online Retail II, D. Chen, UCI Machine Learning Repository, doi:10.24432/C5CG6D, CC BY 4.0; reformatted.',
      'UK postcode districts: contains OS data © Crown copyright and database right; contains Royal Mail data © Royal Mail copyright and database right; source: Office for National Statistics, Open Government Licence v3; compiled by doogal.co.uk.',
    ],
    compare: ['optimal', 'fcfs-exact', 'priority', 'nearest', 'fewest-shipments'],
    snapshot: {
      currency: 'GBP',
      timeZone: 'Europe/London',
      asOf: '2011-11-14T00:00:00Z',
      nodes: sites.map((site) => site.node),
      items,
      stock,
      receipts,
      pickHistory: buildPickHistory(sites, items),
      calendars: [...CALENDARS],
      rateCards: [...buildRateCards(), ...COLLECTION_CARDS],
      parcels: PARCEL_RULES,
    },
    orders: collectSome(buildOrders(sales, districts), sites, stock),
    policy: POLICY,
  };
}

/** By sku. */
function readProducts(): Product[] {
  return readRawTable(join(RAW, 'products.csv.gz')).map((row) => ({
    sku: row['sku']!,
    name: row['description']!.replace(/\s+/g, ' ').trim(),
    priceMicros: microsOf(row['median_price_gbp']!),
  }));
}
