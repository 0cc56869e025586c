import { describe, expect, it } from 'vitest';
import { lintScenario } from '../../lint-scenario.ts';
import type { CascadeStrategy } from '../../model/cascade.ts';
import type { Policy } from '../../model/policy.ts';
import { buildPolicy, buildScenario } from '../../testing/build-scenario.ts';
import { lintPolicy } from './lint-policy.ts';

const following = (strategies: CascadeStrategy[], over: Partial<Policy> = {}): Policy =>
  buildPolicy({ strategy: 'cascade', cascade: { strategies }, ...over });
const told = (policy: Policy) => lintPolicy(policy).map(({ code, path }) => [code, path]);
const WEB = { all: [{ fact: 'order.channel', operator: 'equal', value: 'web' }] };
const queue = { action: 'queue' } as const;

describe('the linter on a cascade', () => {
  it.each([
    [
      following([{ name: 'a', nodes: { all: [{ fact: 'node.tpye', operator: 'equal', value: 'dc' }] } }]),
      'unknown-fact',
    ],
    [following([{ name: 'a' }, { name: 'a' }]), 'bad-rule'],
  ])('finds what cannot be asked', (policy, code) => {
    expect(lintPolicy(policy)).toMatchObject([{ code, severity: 'error' }]);
  });

  it('finds strategies that are never asked', () => {
    expect(told(following([{ name: 'a', otherwise: queue }, { name: 'b' }]))).toEqual([
      ['strategy-never-asked', '/cascade/strategies/1'],
    ]);
    expect(
      told(
        following([
          { name: 'a', orders: WEB, otherwise: queue },
          { name: 'b', otherwise: queue },
        ]),
      ),
    ).toEqual([]);
  });

  it('counts conditions that only a strategy asks for as used', () => {
    const conditions = [{ name: 'web', conditions: WEB }];
    const asked = following([{ name: 'a', orders: { condition: 'web' } }, { name: 'b' }], { conditions });
    expect(told(asked)).toEqual([]);
    expect(told(following([{ name: 'a' }], { conditions }))).toEqual([['unused-condition', '/conditions/0']]);
  });

  it('finds names of nodes that nobody has', async () => {
    const rank = [{ by: 'list' as const, nodes: ['north', 'dc', 'nrth'] }];
    const found = await lintScenario(buildScenario(), following([{ name: 'a', rank }]));
    expect(found.map(({ code, path }) => [code, path])).toEqual([
      ['unknown-node-name', '/cascade/strategies/0/rank/0/nodes/2'],
    ]);
  });

  it('finds orders that no strategy is for', async () => {
    const found = await lintScenario(buildScenario(), following([{ name: 'a', orders: WEB }]));
    expect(found).toMatchObject([{ code: 'orders-without-strategy', path: '/cascade' }]);
    expect(found[0]!.message).toContain('"o1"');
    expect(await lintScenario(buildScenario(), following([{ name: 'a', orders: WEB }, { name: 'b' }]))).toEqual([]);
  });
});
