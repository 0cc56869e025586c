import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainOrder } from '../explain/explain.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { verify } from '../plan/verify.ts';
import { source } from '../source.ts';
import { buildPolicy } from '../testing/build-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import type { Imported } from './imported.ts';
import { IMPORT_SYSTEMS, importPolicy, type ImportSystem } from './import-policy.ts';

const FILES: Readonly<Record<ImportSystem, string>> = {
  hotwax: 'hotwax-routing-group',
  fluent: 'fluent-sourcing-profile',
  shopify: 'shopify-order-routing',
  magento: 'magento-source-selection',
};

const exampleOf = (system: ImportSystem): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../examples/import/${FILES[system]}.json`, import.meta.url), 'utf8'));

function imported(system: ImportSystem, input: unknown = exampleOf(system)): Imported {
  const result = importPolicy(system, input);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const strategiesOf = ({ policy }: Imported) => policy.cascade!.strategies;
const told = ({ notes }: Imported) => notes.map(({ path, effect }) => [path, effect]);

describe('a HotWax routing group', () => {
  it('is a cascade of its active rules, routing by routing in sequence', () => {
    const got = imported('hotwax');
    expect(got.policy).toMatchObject({ policyId: 'GIFTS_HOURLY', name: 'Gifts, every hour', strategy: 'cascade' });
    expect(strategiesOf(got)).toEqual([
      {
        name: 'Express orders: Closest that has all',
        orders: {
          all: [
            { fact: 'order.services', operator: 'containsAny', value: ['express'] },
            { fact: 'order.channel', operator: 'notIn', value: ['marketplace'] },
          ],
        },
        rank: [{ by: 'distance' }],
        maxSplits: 0,
      },
      {
        name: 'Standard orders: Warehouses in one go',
        nodes: { all: [{ fact: 'node.groups', operator: 'containsAny', value: ['WAREHOUSES'] }] },
        rank: [{ by: 'fact', fact: 'stock.sourceable', first: 'highest' }],
        maxSplits: 0,
      },
      {
        name: 'Standard orders: Stores within 100 miles',
        nodes: {
          all: [
            { not: { fact: 'node.groups', operator: 'containsAny', value: ['WAREHOUSES', 'OUTLETS'] } },
            { fact: 'lane.distanceKm', operator: 'lessThanInclusive', value: 160.934 },
            { fact: 'stock.sourceable', operator: 'greaterThan', value: 2 },
          ],
        },
        rank: [{ by: 'distance' }],
        allowPartial: true,
        otherwise: { action: 'queue', cancelAfterHours: 168 },
      },
    ]);
  });

  it('tells what could not be carried over and what the scenario has to bring', () => {
    const got = imported('hotwax');
    expect(told(got)).toEqual([
      ['/productStoreId', 'lost'],
      ['/schedule', 'lost'],
      ['/routings/1/rules/0/inventoryFilters/0', 'changed'],
      ['/routings/0/orderFilters/0', 'lost'],
      ['/routings/0/orderFilters/1', 'lost'],
      ['/routings/0/rules/1/actions/0', 'changed'],
      ['/routings/0/rules/2', 'lost'],
      ['', 'changed'],
    ]);
    expect(got.needs).toEqual([
      'node group: OUTLETS',
      'node group: WAREHOUSES',
      'order.channel: marketplace',
      'order.services: express',
    ]);
  });

  it('says where a strategy becomes wider', () => {
    const filter = { conditionTypeEnumId: 'ENTCT_FILTER', fieldName: 'priority', operator: 'in', fieldValue: 'HIGH' };
    const rule = { routingRuleId: 'r', ruleName: 'r', inventoryFilters: [{ ...filter, fieldName: 'weather' }] };
    const group = {
      routingGroupId: 'g',
      groupName: 'g',
      routings: [{ orderRoutingId: 'o', routingName: 'o', orderFilters: [filter], rules: [rule] }],
    };
    expect(told(imported('hotwax', group)).filter(([, effect]) => effect === 'wider')).toEqual([
      ['/routings/0/orderFilters/0', 'wider'],
      ['/routings/0/rules/0/inventoryFilters/0', 'wider'],
    ]);
  });
});

describe('values of another kind', () => {
  it('are told and left out, so that what is left makes a policy', () => {
    const filter = (fieldName: string, fieldValue: string) => ({
      conditionTypeEnumId: 'ENTCT_FILTER',
      fieldName,
      operator: 'less-equals',
      fieldValue,
    });
    const rule = { routingRuleId: 'r', ruleName: 'r', inventoryFilters: [filter('distance', 'near')] };
    const orderFilters = [filter('promiseDaysCutoff', 'soon'), filter('salesChannelEnumId', ' , ')];
    const group = {
      routingGroupId: 'g',
      groupName: 'g',
      routings: [{ orderRoutingId: 'o', routingName: 'o', orderFilters, rules: [rule] }],
    };
    expect(told(imported('hotwax', group)).slice(0, 3)).toEqual([
      ['/routings/0/orderFilters/0', 'wider'],
      ['/routings/0/orderFilters/1', 'lost'],
      ['/routings/0/rules/0/inventoryFilters/0', 'wider'],
    ]);
    const criterion = (kind: string, value: unknown) => ({ type: `fc.sourcing.criterion.${kind}`, params: { value } });
    const condition = { type: 'path', params: { path: 'order.totalPrice', operator: 'greater_than', value: 'much' } };
    const strategy = {
      ref: 's',
      sourcingConditions: [condition],
      sourcingCriteria: [
        criterion('locationDistanceExclusion', null),
        criterion('locationDistanceBanded', [50, 'far', 50]),
        criterion('networkPriority', []),
      ],
    };
    const got = imported('fluent', { ref: 'p', sourcingStrategies: [strategy] });
    expect(told(got).slice(0, 4)).toEqual([
      ['/sourcingStrategies/0/sourcingConditions/0', 'wider'],
      ['/sourcingStrategies/0/sourcingCriteria/0', 'wider'],
      ['/sourcingStrategies/0/sourcingCriteria/1', 'wider'],
      ['/sourcingStrategies/0/sourcingCriteria/2', 'lost'],
    ]);
    expect(strategiesOf(got)).toEqual([
      { name: 's', rank: [{ by: 'fact', fact: 'lane.distanceKm', first: 'lowest', bands: [50] }] },
    ]);
  });
});

describe('a Fluent sourcing profile', () => {
  it('is a cascade of its strategies, then of its fallbacks', () => {
    const network = { fact: 'node.groups', operator: 'contains', value: 'UK' };
    expect(strategiesOf(imported('fluent'))).toEqual([
      {
        name: 'Valuable orders from the DCs',
        orders: { all: [{ fact: 'order.valueMicros', operator: 'greaterThanInclusive', value: 500_000_000 }] },
        nodes: { all: [network, { fact: 'node.type', operator: 'notIn', value: ['store'] }] },
        rank: [{ by: 'distance' }],
        maxSplits: 0,
      },
      {
        name: 'Standard',
        nodes: { all: [network, { fact: 'lane.distanceKm', operator: 'lessThanInclusive', value: 300 }] },
        rank: [
          { by: 'fact', fact: 'lane.distanceKm', first: 'lowest', bands: [50, 150] },
          { by: 'fact', fact: 'node.capacityLeftPercent', first: 'highest' },
        ],
        maxSplits: 2,
      },
      {
        name: 'Anything anywhere',
        nodes: { all: [network] },
        rank: [{ by: 'stock' }],
        maxSplits: 4,
        allowPartial: true,
        otherwise: { action: 'cancel' },
      },
    ]);
  });

  it('tells what could not be carried over', () => {
    expect(told(imported('fluent'))).toEqual([
      ['/sourcingStrategies/0/sourcingConditions/1', 'wider'],
      ['/sourcingStrategies/1/sourcingCriteria/3', 'lost'],
      ['', 'changed'],
    ]);
  });
});

describe('Shopify order routing', () => {
  it('tries fewest locations first, inside the market before outside', () => {
    const got = imported('shopify');
    expect(strategiesOf(got).map(({ name, maxSplits, allowPartial }) => [name, maxSplits, allowPartial])).toEqual([
      ['One location in the market', 0, undefined],
      ['One location', 0, undefined],
      ['Two locations in the market', 1, undefined],
      ['Two locations', 1, undefined],
      ['Any locations in the market', undefined, undefined],
      ['Any locations', undefined, true],
    ]);
    expect(told(got)).toContainEqual(['/rules/2', 'lost']);
  });

  it('puts the market first where its rule stands first', () => {
    const rules = ['stay-within-destination-market', 'minimize-split-fulfillments', 'ship-from-closest-location'];
    const got = imported('shopify', { name: 'Market first', rules: rules.map((rule) => ({ rule })) });
    expect(strategiesOf(got).map(({ name }) => name)).toEqual([
      'One location in the market',
      'Two locations in the market',
      'Any locations in the market',
      'One location',
      'Two locations',
      'Any locations',
    ]);
  });
});

describe('Magento source selection', () => {
  it('lists the enabled sources of the stock by priority', () => {
    const got = imported('magento');
    expect(strategiesOf(got)).toEqual([
      {
        name: 'Sources of stock 2 by priority',
        nodes: { all: [{ fact: 'node.nodeId', operator: 'in', value: ['DC-MAIN', 'STORE-EDI'] }] },
        rank: [{ by: 'list', nodes: ['DC-MAIN', 'STORE-EDI'] }],
        allowPartial: true,
      },
    ]);
    expect(told(got)).toContainEqual(['/stock_source_links/items/2', 'lost']);
  });

  it('ranks by distance where that is the algorithm', () => {
    const got = imported('magento', { ...(exampleOf('magento') as object), algorithm_code: 'distance' });
    expect(strategiesOf(got)[0]!.rank).toEqual([{ by: 'distance' }]);
  });
});

describe.each(IMPORT_SYSTEMS)('what is imported from %s', (system) => {
  it('takes what the file does not say from a base policy', () => {
    const base = buildPolicy({ promise: { defaultDays: 9 } });
    const result = importPolicy(system, exampleOf(system), base);
    expect(result).toMatchObject({ ok: true, value: { policy: { promise: { defaultDays: 9 }, goals: base.goals } } });
  });

  it('sources waves, and its choices are explained strategy by strategy', async () => {
    const { policy } = imported(system);
    const scenario = randomScenario(7, { nodes: 5, skus: 5, orders: 6, linesPerOrder: 3 });
    const result = await source(scenario, policy, DEFAULT_LIMITS);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    expect(await verify(result.value, scenario, policy)).toEqual([]);
    for (const order of result.value.orders) {
      const explanation = (await explainOrder(scenario, policy, result.value, order.orderId))!;
      expect(explanation.cascade!.length).toBe(order.cascade!.length);
      for (const { sentence } of explanation.cascade!) expect(sentence).toMatch(/^\d+\. ".+" /);
    }
  });

  it.each([null, [], 'text', {}, { rules: 3 }])('is refused where the file has another shape: %j', (input) => {
    expect(importPolicy(system, input).ok).toBe(false);
  });
});
