// Whatever is wrong with an input: the right status, every issue with its path, and nothing stored.
import { type Issue, MAX_LINES_PER_ORDER, type Scenario } from '@sourcewright/engine';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BODY_MAX_BYTES, type OperationId, type ProblemName, SCENARIO_MAX_BYTES } from '@sourcewright/server/contract';
import { call, refusal } from './support/client.ts';
import { dump } from './support/dump.ts';
import { makeScenario } from './support/scenario.ts';
import { closeTestServer, openTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
let before: ReturnType<typeof dump>;

beforeAll(async () => {
  server = await openTestServer();
  await call(server.url, 'createScenario', { body: makeScenario({ scenarioId: 'kept' }) });
});
afterAll(() => closeTestServer(server));
beforeEach(() => {
  before = dump(server.dataFile);
});
afterEach(() => {
  expect(dump(server.dataFile)).toEqual(before);
});

type Draft = { -readonly [K in keyof Scenario]: Scenario[K] } & Record<string, unknown>;

/** A valid scenario, spoilt. */
function spoilt(spoil: (scenario: Draft) => void): unknown {
  const scenario = structuredClone(makeScenario()) as Draft;
  spoil(scenario);
  return scenario;
}

const BAD_SCENARIOS: Record<string, { body: unknown; issues: readonly Pick<Issue, 'code' | 'path'>[] }> = {
  'an unknown node and an unknown item in stock': {
    body: spoilt(({ snapshot }) => {
      snapshot.stock[1]!.nodeId = 'nowhere';
      snapshot.stock[4]!.sku = 'nothing';
    }),
    issues: [
      { code: 'unknown-reference', path: '/snapshot/stock/1/nodeId' },
      { code: 'unknown-reference', path: '/snapshot/stock/4/sku' },
    ],
  },
  'negative and fractional quantities': {
    body: spoilt(({ snapshot, orders }) => {
      snapshot.stock[0]!.onHand = -1;
      orders[2]!.lines[1]!.quantity = 0;
      orders[3]!.lines[0]!.quantity = 1.5;
    }),
    issues: [
      { code: 'out-of-range', path: '/snapshot/stock/0/onHand' },
      { code: 'out-of-range', path: '/orders/2/lines/1/quantity' },
      { code: 'out-of-range', path: '/orders/3/lines/0/quantity' },
    ],
  },
  'ids used twice': {
    body: spoilt(({ snapshot, orders }) => {
      orders[5]!.orderId = orders[1]!.orderId;
      orders[0]!.lines[2]!.lineId = orders[0]!.lines[0]!.lineId;
      snapshot.nodes[2]!.nodeId = snapshot.nodes[0]!.nodeId;
    }),
    issues: expect.arrayContaining([
      expect.objectContaining({ code: 'duplicate-id', path: '/orders/5/orderId' }),
      expect.objectContaining({ code: 'duplicate-id', path: '/orders/0/lines/2/lineId' }),
      expect.objectContaining({ code: 'duplicate-id', path: '/snapshot/nodes/2/nodeId' }),
    ]),
  },
  'dates that do not exist': {
    body: spoilt(({ snapshot, orders }) => {
      orders[0]!.promiseBy = '2026-02-30';
      orders[1]!.placedAt = '2026-13-01T00:00:00Z';
      snapshot.asOf = 'yesterday';
    }),
    issues: [
      { code: 'bad-format', path: '/snapshot/asOf' },
      { code: 'bad-format', path: '/orders/0/promiseBy' },
      { code: 'bad-format', path: '/orders/1/placedAt' },
    ],
  },
  'an order with too many lines': {
    body: spoilt(({ orders }) => {
      const line = orders[4]!.lines[0]!;
      orders[4]!.lines = Array.from({ length: MAX_LINES_PER_ORDER + 1 }, (_, n) => ({ ...line, lineId: `${n}` }));
    }),
    issues: [{ code: 'too-large', path: '/orders/4/lines' }],
  },
  'wrong types': {
    body: spoilt((scenario) => {
      scenario.title = 7 as never;
      scenario.orders[0]!.lines = 'many' as never;
      scenario.snapshot.nodes[0]!.type = 'castle' as never;
    }),
    issues: [
      { code: 'wrong-type', path: '/title' },
      { code: 'bad-format', path: '/snapshot/nodes/0/type' },
      { code: 'wrong-type', path: '/orders/0/lines' },
    ],
  },
  'unknown and missing fields': {
    body: spoilt((scenario) => {
      scenario['colour'] = 'red';
      (scenario.orders[0]!.destination as Record<string, unknown>)['planet'] = 'Mars';
      delete (scenario as Partial<Draft>).policy;
    }),
    issues: expect.arrayContaining([
      expect.objectContaining({ code: 'unknown-field', path: '/colour' }),
      expect.objectContaining({ code: 'unknown-field', path: '/orders/0/destination/planet' }),
      expect.objectContaining({ code: 'missing', path: '/policy' }),
    ]),
  },
  'a rule that means nothing': {
    body: spoilt((scenario) => {
      scenario.policy = {
        ...scenario.policy,
        rules: [
          {
            name: 'Odd',
            conditions: { all: [{ fact: 'moon', operator: 'equal', value: 'full' }] },
            event: { type: 'exclude', params: { because: 'why not' } },
          },
        ],
      };
    }),
    issues: [{ code: 'bad-rule', path: expect.stringMatching(/^\/policy\/rules\/0/) as unknown as string }],
  },
  'an array in place of an object': { body: [makeScenario()], issues: [{ code: 'wrong-type', path: '' }] },
  null: { body: null, issues: [{ code: 'wrong-type', path: '' }] },
};

describe('a scenario with', () => {
  for (const [what, { body, issues }] of Object.entries(BAD_SCENARIOS)) {
    it(`${what} is refused`, async () => {
      const problem = await refusal(server.url, 'createScenario', 'invalid-input', { body });
      if (Array.isArray(issues)) {
        expect(problem.issues).toHaveLength(issues.length);
        expect(problem.issues).toEqual(expect.arrayContaining(issues.map((issue) => expect.objectContaining(issue))));
      } else expect(problem.issues).toEqual(issues);
      for (const issue of problem.issues) expect(issue.message).not.toBe('');
    });
  }

  it('sixty levels of nesting are refused', async () => {
    const deep = `${'['.repeat(60)}${']'.repeat(60)}`;
    const body = JSON.stringify(makeScenario()).replace('"orders":[', `"orders":[${deep},`);
    const problem = await refusal(server.url, 'createScenario', 'invalid-input', { bytes: body });
    expect(problem.issues).toMatchObject([{ code: 'too-deep', path: expect.stringMatching(/^\/orders\/0\/0/) }]);
  });

  it('a hundred thousand levels of nesting is refused', async () => {
    const bytes = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const problem = await refusal(server.url, 'createScenario', 'invalid-input', { bytes });
    expect(problem.issues).toMatchObject([{ code: 'too-deep' }]);
  });

  it('more issues than are listed is refused with a count of the rest', async () => {
    const body = spoilt(({ snapshot }) => {
      snapshot.stock = Array.from({ length: 1500 }, (_, n) => ({ sku: `none-${n}`, nodeId: 'node-north', onHand: 1 }));
    });
    const { issues } = await refusal(server.url, 'createScenario', 'invalid-input', { body });
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)!.message).toContain('500 more');
  });
});

const WITH_BODY: readonly OperationId[] = ['createScenario', 'createPlan', 'createRun'];

describe.each(WITH_BODY)('%s', (id) => {
  const malformed: Record<string, string | Uint8Array> = {
    'an empty body': '',
    'blanks only': ' \n ',
    'half a document': '{"scenarioId": "sm',
    'no JSON at all': 'scenarioId=small',
    'bytes that are no UTF-8': new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    'two documents': '{}{}',
  };
  it.each(Object.entries(malformed))('refuses %s', async (_what, bytes) => {
    const problem = await refusal(server.url, id, 'malformed-body', { bytes });
    expect(problem.issues).toEqual([]);
  });

  it('refuses gzip that is cut off, damaged, or none', async () => {
    const packed = gzipSync(JSON.stringify(makeScenario({ scenarioId: 'packed' })));
    const damaged = Uint8Array.from(packed);
    damaged[packed.length - 6] = damaged[packed.length - 6]! ^ 0xff;
    const cases = [packed.subarray(0, packed.length / 2), packed.subarray(0, 5), damaged, '{"plain": true}', ''];
    for (const bytes of cases) {
      await refusal(server.url, id, 'malformed-body', { bytes, headers: { 'content-encoding': 'gzip' } });
    }
  });

  it('refuses other content types and encodings', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      await refusal(server.url, id, 'unsupported-media-type', { body: {}, headers: { 'content-type': type } });
    }
    await refusal(server.url, id, 'unsupported-media-type', { body: {}, headers: { 'content-encoding': 'br' } });
  });

  it('refuses a body over its limit, plain and unpacked', async () => {
    const limit = id === 'createScenario' ? SCENARIO_MAX_BYTES : BODY_MAX_BYTES;
    const bytes = new Uint8Array(limit + 1).fill(0x20);
    await refusal(server.url, id, 'payload-too-large', { bytes });
    const packed = gzipSync(bytes, { level: 1 });
    expect(packed.length).toBeLessThan(limit / 50);
    await refusal(server.url, id, 'payload-too-large', { bytes: packed, headers: { 'content-encoding': 'gzip' } });
  });

  it('refuses unknown query parameters', async () => {
    const problem = await refusal(server.url, id, 'invalid-input', { body: {}, query: { dryRun: 'yes' } });
    expect(problem.issues).toMatchObject([{ code: 'unknown-field', path: '?/dryRun' }]);
  });
});

interface BadCall {
  readonly id: OperationId;
  readonly body: unknown;
  readonly name?: ProblemName;
  readonly issues?: readonly Pick<Issue, 'code' | 'path'>[];
}

const policy = makeScenario().policy;
const BAD_CALLS: Record<string, BadCall> = {
  'a run of an unknown scenario': {
    id: 'createRun',
    body: { scenarioId: 'other', strategy: 'nearest' },
    name: 'scenario-not-found',
  },
  'a run with an unknown strategy, limit and field': {
    id: 'createRun',
    body: { scenarioId: 'kept', strategy: 'luck', limits: { orderWork: 0, sleep: 1 }, colour: 'red' },
    issues: [
      { code: 'bad-format', path: '/strategy' },
      { code: 'out-of-range', path: '/limits/orderWork' },
      { code: 'unknown-field', path: '/limits/sleep' },
      { code: 'unknown-field', path: '/colour' },
    ],
  },
  'a run with a policy that names no node of the scenario': {
    id: 'createRun',
    body: { scenarioId: 'kept', strategy: 'priority', policy: { ...policy, nodeOrder: ['dc', 'node-north', 'moon'] } },
    issues: [{ code: 'unknown-reference', path: '/policy/nodeOrder/2' }],
  },
  'a run with an empty rule and a rule that means nothing': {
    id: 'createRun',
    body: {
      scenarioId: 'kept',
      strategy: 'nearest',
      policy: {
        ...policy,
        rules: [
          { name: 'Odd', conditions: { all: [] }, event: { type: 'exclude', params: { because: 'x' } } },
          {
            name: 'Odder',
            conditions: { all: [{ fact: 'moon', operator: 'equal', value: 1 }] },
            event: { type: 'exclude', params: { because: 'x' } },
          },
        ],
      },
    },
    issues: [0, 1].map((rule) => ({
      code: 'bad-rule' as const,
      path: expect.stringMatching(new RegExp(`^/policy/rules/${rule}`)) as unknown as string,
    })),
  },
  'a plan of an unknown scenario': { id: 'createPlan', body: { scenarioId: 'other' }, name: 'scenario-not-found' },
  'a plan of nothing': { id: 'createPlan', body: {}, issues: [{ code: 'missing', path: '/scenarioId' }] },
  'a plan of a scenario and a snapshot': {
    id: 'createPlan',
    body: { scenarioId: 'kept', snapshot: {}, orders: [] },
    issues: [
      { code: 'inconsistent', path: '/snapshot' },
      { code: 'inconsistent', path: '/orders' },
    ],
  },
  'a plan of unknown and repeated orders': {
    id: 'createPlan',
    body: { scenarioId: 'kept', orderIds: ['O-00001', 'O-99999', 'O-00001'] },
    issues: [
      { code: 'unknown-reference', path: '/orderIds/1' },
      { code: 'duplicate-id', path: '/orderIds/2' },
    ],
  },
  'a plan of a snapshot without a policy, with a bad order': {
    id: 'createPlan',
    body: {
      snapshot: makeScenario().snapshot,
      orders: [{ ...makeScenario().orders[0], lines: [{ lineId: '1', sku: 'sku-1', quantity: -2 }] }],
    },
    issues: [
      { code: 'out-of-range', path: '/orders/0/lines/0/quantity' },
      { code: 'missing', path: '/policy' },
    ],
  },
  'a plan of order ids of a snapshot': {
    id: 'createPlan',
    body: { snapshot: makeScenario().snapshot, orders: makeScenario().orders, policy, orderIds: ['O-00001'] },
    issues: [{ code: 'inconsistent', path: '/orderIds' }],
  },
  'a plan that must not take any time': {
    id: 'createPlan',
    body: { scenarioId: 'kept', deadlineMs: 0 },
    issues: [{ code: 'out-of-range', path: '/deadlineMs' }],
  },
  'a plan with more orders than its limit': {
    id: 'createPlan',
    body: { scenarioId: 'kept', limits: { maxOrders: 3 } },
    issues: [{ code: 'too-large', path: '/orders' }],
  },
};

describe('a call for', () => {
  it.each(Object.entries(BAD_CALLS))('%s is refused', async (_what, { id, body, name = 'invalid-input', issues }) => {
    const problem = await refusal(server.url, id, name, { body });
    if (issues) {
      expect(problem.issues).toHaveLength(issues.length);
      expect(problem.issues).toEqual(expect.arrayContaining(issues.map((issue) => expect.objectContaining(issue))));
    }
  });

  it.each([
    ['getScenario', { scenarioId: 'Kept' }, {}, ':/scenarioId'],
    ['getScenario', { scenarioId: 'x'.repeat(61) }, {}, ':/scenarioId'],
    ['getRun', { runId: '../../etc/passwd' }, {}, ':/runId'],
    ['getRunOrder', { runId: 'r-1', orderId: '<script>' }, {}, ':/orderId'],
    ['listRunOrders', { runId: 'r-1' }, { limit: 501 }, '?/limit'],
    ['listRunOrders', { runId: 'r-1' }, { limit: 'many' }, '?/limit'],
    ['listRunOrders', { runId: 'r-1' }, { sort: 'colour' }, '?/sort'],
    ['listRunOrders', { runId: 'r-1' }, { offset: -1 }, '?/offset'],
    ['exportRunOrders', { runId: 'r-1' }, { filter: 'good' }, '?/filter'],
    ['listRuns', {}, { status: 'done' }, '?/status'],
    ['compareRuns', {}, {}, '?/runs'],
    ['compareRuns', {}, { runs: 'r-1,,r-2' }, '?/runs'],
    ['compareRuns', {}, { runs: 'r-1,r-1' }, '?/runs'],
    ['compareRuns', {}, { runs: Array.from({ length: 13 }, (_, n) => `r-${n}`).join() }, '?/runs'],
    ['compareOrders', {}, { baseline: 'r-1' }, '?/run'],
  ] as const)('%s of %o and %o is refused', async (id, params, query, path) => {
    const problem = await refusal(server.url, id, 'invalid-input', { params, query });
    expect(problem.issues.map((issue) => issue.path)).toContain(path);
  });

  it.each([
    ['getRun', { runId: 'r-0' }, {}],
    ['deleteRun', { runId: 'r-0' }, {}],
    ['cancelRun', { runId: 'r-0' }, {}],
    ['getRunPlan', { runId: 'r-0' }, {}],
    ['listRunOrders', { runId: 'r-0' }, {}],
    ['exportRunOrders', { runId: 'r-0' }, {}],
    ['getRunOrder', { runId: 'r-0', orderId: 'O-00001' }, {}],
    ['getRunFlows', { runId: 'r-0' }, {}],
    ['compareRuns', {}, { runs: 'r-0,r-00' }],
    ['compareOrders', {}, { baseline: 'r-0', run: 'r-00' }],
  ] as const)('%s of an unknown run is refused', async (id, params, query) => {
    const problem = await refusal(server.url, id, 'run-not-found', { params, query });
    expect(problem.detail).toContain('r-0');
  });
});
