// Decides what every store has to do, whatever it is made of. An adapter's test calls this with a way to open it.
import type { OrderResult, Store } from '../../packages/server/src/store/store.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL, AT, END, LATER, figures, outcome, result, run, scenario } from './store-records.ts';

export interface StoreHarness {
  /** Opens the store, or opens it again: what an earlier one kept is there. */
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

export function storeContract(name: string, makeHarness: () => StoreHarness): void {
  describe(`the store ${name}`, () => {
    let harness: StoreHarness;
    let store: Store;

    beforeEach(async () => {
      harness = makeHarness();
      store = await harness.open();
    });
    afterEach(async () => {
      await store.close();
      await harness.dispose();
    });

    const finish = async (runId: string, orders: readonly OrderResult[]): Promise<void> => {
      await store.insertRun(run(runId, 's'));
      await store.startRun(runId, AT);
      expect(await store.saveResult(result(runId, orders))).toBe(true);
    };

    describe('scenarios', () => {
      it('gives back what it was given', async () => {
        const given = scenario('s');
        expect(await store.insertScenario(given)).toBe('inserted');
        expect(await store.findScenario('s')).toEqual({
          summary: given.summary,
          policy: given.policy,
          nodeList: given.nodeList,
        });
        const document = await store.readScenarioDocument('s');
        expect(new Uint8Array(document!.document)).toEqual(given.document);
        expect(await store.findScenarioKey('s')).toBe(document!.key);
      });

      it('lists them by title', async () => {
        for (const [id, title] of [
          ['c', 'Alpha'],
          ['a', 'Beta'],
          ['b', 'Beta'],
        ] as const) {
          await store.insertScenario(scenario(id, title));
        }
        expect((await store.listScenarios()).map((each) => each.scenarioId)).toEqual(['c', 'a', 'b']);
      });

      it('keeps the first of two with one id', async () => {
        await store.insertScenario(scenario('s', 'First'));
        expect(await store.insertScenario(scenario('s', 'Second'))).toBe('exists');
        expect((await store.listScenarios()).map((each) => each.title)).toEqual(['First']);
      });

      it('stores nothing of a scenario of which one order cannot be stored', async () => {
        const broken = scenario('s');
        const twice = { ...broken, orders: [...broken.orders, broken.orders[0]!] };
        await expect(store.insertScenario(twice)).rejects.toThrow();
        expect(await store.findScenario('s')).toBeUndefined();
        expect(await store.insertScenario(broken)).toBe('inserted');
      });

      it('deletes a scenario with its runs, and gives a new key to the next of that id', async () => {
        await store.insertScenario(scenario('s'));
        const key = await store.findScenarioKey('s');
        await finish('r-1', [outcome('O-1')]);
        await store.insertRun(run('r-2', 's'));
        expect(await store.deleteScenario('s')).toBe('deleted');
        expect(await store.deleteScenario('s')).toBe('unknown');
        expect(await store.findRun('r-1')).toBeUndefined();
        expect(await store.findRun('r-2')).toBeUndefined();
        expect(await store.readPlan('r-1')).toBeUndefined();
        expect(await store.findScenarioKey('s')).toBeUndefined();
        await store.insertScenario(scenario('s'));
        expect(await store.findScenarioKey('s')).not.toBe(key);
      });

      it('does not delete a scenario with a running run', async () => {
        await store.insertScenario(scenario('s'));
        await store.insertRun(run('r-1', 's'));
        await store.startRun('r-1', AT);
        expect(await store.deleteScenario('s')).toBe('busy');
        expect(await store.findScenario('s')).toBeDefined();
      });
    });

    describe('runs', () => {
      beforeEach(async () => {
        await store.insertScenario(scenario('s'));
      });

      it('gives back what it was given, queued', async () => {
        const given = run('r-1', 's');
        expect(await store.insertRun(given)).toBe('inserted');
        expect(await store.findRun('r-1')).toEqual({
          ...given,
          status: 'queued',
          progress: { stage: null, done: 0, total: 3, costMicros: 0 },
          startedAt: null,
          finishedAt: null,
          error: null,
          currency: 'GBP',
          figures: null,
        });
      });

      it('takes no run of a scenario it does not have', async () => {
        expect(await store.insertRun(run('r-1', 'other'))).toBe('unknown-scenario');
        expect(await store.listRuns()).toEqual([]);
      });

      it('lists runs newest first, those that wait oldest first, and those of one scenario', async () => {
        await store.insertScenario(scenario('t'));
        for (const [runId, of] of [
          ['r-2', 's'],
          ['r-1', 't'],
          ['r-3', 's'],
        ] as const) {
          await store.insertRun(run(runId, of));
        }
        await store.startRun('r-2', AT);
        const ids = (runs: readonly { runId: string }[]): string[] => runs.map((each) => each.runId);
        expect(ids(await store.listRuns())).toEqual(['r-3', 'r-1', 'r-2']);
        expect(ids(await store.listRuns('s'))).toEqual(['r-3', 'r-2']);
        expect(ids(await store.listRuns('other'))).toEqual([]);
        expect(ids(await store.listQueuedRuns())).toEqual(['r-1', 'r-3']);
      });

      it('starts a queued run once', async () => {
        await store.insertRun(run('r-1', 's'));
        expect(await store.startRun('r-1', AT)).toBe(true);
        expect(await store.startRun('r-1', LATER)).toBe(false);
        expect(await store.findRun('r-1')).toMatchObject({ status: 'running', startedAt: AT });
      });

      it('ends a run once, and not one that is done', async () => {
        await store.insertRun(run('r-1', 's'));
        expect(await store.endRun('r-1', { ...END, status: 'cancelled' })).toBe(true);
        expect(await store.endRun('r-1', { ...END, status: 'failed', error: 'No.' })).toBe(false);
        expect(await store.findRun('r-1')).toMatchObject({
          status: 'cancelled',
          error: null,
          finishedAt: LATER,
          progress: { stage: null, done: 2, total: 3, costMicros: 55 },
        });
        await finish('r-2', []);
        expect(await store.endRun('r-2', { ...END, status: 'cancelled' })).toBe(false);
        expect(await store.findRun('r-2')).toMatchObject({ status: 'done' });
      });

      it('puts a running run back into the queue', async () => {
        await store.insertRun(run('r-1', 's'));
        expect(await store.requeueRun('r-1')).toBe(false);
        await store.startRun('r-1', AT);
        expect(await store.requeueRun('r-1')).toBe(true);
        expect(await store.findRun('r-1')).toMatchObject({ status: 'queued', startedAt: null });
      });

      it('fails what a crash left running, and only that', async () => {
        for (const runId of ['r-1', 'r-2', 'r-3']) await store.insertRun(run(runId, 's'));
        await store.startRun('r-2', AT);
        await store.startRun('r-3', AT);
        await store.saveResult(result('r-3', []));
        await store.close();
        store = await harness.open();
        expect(await store.failInterruptedRuns('It stopped.', LATER)).toEqual(['r-2']);
        const statuses = (await store.listRuns()).map((each) => [each.runId, each.status, each.error]);
        expect(statuses).toEqual([
          ['r-3', 'done', null],
          ['r-2', 'failed', 'It stopped.'],
          ['r-1', 'queued', null],
        ]);
      });

      it('deletes runs that are not running', async () => {
        await finish('r-1', [outcome('O-1')]);
        await store.insertRun(run('r-2', 's'));
        await store.startRun('r-2', AT);
        expect(await store.deleteRun('r-1')).toBe('deleted');
        expect(await store.deleteRun('r-1')).toBe('unknown');
        expect(await store.deleteRun('r-2')).toBe('busy');
        expect(await store.readPlan('r-1')).toBeUndefined();
        expect((await store.listOrders('r-1', ALL)).total).toBe(0);
        expect((await store.listRuns()).map((each) => each.runId)).toEqual(['r-2']);
      });
    });

    describe('results', () => {
      beforeEach(async () => {
        await store.insertScenario(scenario('s'));
      });

      it('keeps figures to the last micro, the plan to the last byte, the flows', async () => {
        await finish('r-1', [outcome('O-1')]);
        const given = result('r-1', []);
        expect(await store.findRun('r-1')).toMatchObject({ status: 'done', figures, finishedAt: LATER });
        expect(new Uint8Array((await store.readPlan('r-1'))!)).toEqual(given.plan);
        const { areas, flows } = await store.listFlows('r-1');
        expect(areas).toEqual([given.areas[1], given.areas[0]]);
        expect(flows).toEqual(given.flows);
      });

      it('takes results of a running run only', async () => {
        await store.insertRun(run('r-1', 's'));
        expect(await store.saveResult(result('r-1', [outcome('O-1')]))).toBe(false);
        await store.endRun('r-1', { ...END, status: 'cancelled' });
        expect(await store.saveResult(result('r-1', [outcome('O-1')]))).toBe(false);
        expect(await store.readPlan('r-1')).toBeUndefined();
        expect(await store.saveResult(result('r-9', []))).toBe(false);
      });

      it('stores nothing of results of which one order cannot be stored', async () => {
        await store.insertRun(run('r-1', 's'));
        await store.startRun('r-1', AT);
        await expect(store.saveResult(result('r-1', [outcome('O-1'), outcome('O-1')]))).rejects.toThrow();
        expect(await store.findRun('r-1')).toMatchObject({ status: 'running', figures: null });
        expect(await store.readPlan('r-1')).toBeUndefined();
      });

      it('lists orders with what the scenario knows of them', async () => {
        await finish('r-1', [outcome('O-1', { gap: 0.5, proven: false, deliveryDays: null, nodeIds: ['B', 'A'] })]);
        expect(await store.listOrders('r-1', ALL)).toEqual({
          total: 1,
          rows: [
            {
              orderId: 'O-1',
              placedAt: AT,
              region: 'North',
              postcode: 'NO1',
              fulfilment: 'ship',
              collectAt: null,
              lines: 1,
              units: 2,
              shipments: 1,
              nodeIds: ['B', 'A'],
              costMicros: 100,
              unsourcedUnits: 0,
              lateDays: 0,
              deliveryDays: null,
              gap: 0.5,
              proven: false,
            },
          ],
        });
      });

      it('filters, searches and pages', async () => {
        await finish('r-1', [
          outcome('O-1', { shipments: 2, nodeIds: ['A', 'A2'] }),
          outcome('O-2', { unsourcedUnits: 1, shipments: 0, nodeIds: [], proven: false }),
          outcome('O-3', { lateDays: 3, nodeIds: ['A2'] }),
        ]);
        const ids = async (some: object): Promise<string[]> =>
          (await store.listOrders('r-1', { ...ALL, ...some })).rows.map((row) => row.orderId);
        expect(await ids({ filter: 'split' })).toEqual(['O-1']);
        expect(await ids({ filter: 'unsourced' })).toEqual(['O-2']);
        expect(await ids({ filter: 'unproven' })).toEqual(['O-2']);
        expect(await ids({ filter: 'late' })).toEqual(['O-3']);
        expect(await ids({ filter: 'collected' })).toEqual(['O-2']);
        expect(await ids({ nodeId: 'A' })).toEqual(['O-1']);
        expect(await ids({ nodeId: 'A2' })).toEqual(['O-1', 'O-3']);
        expect(await ids({ nodeId: '2' })).toEqual([]);
        expect(await ids({ q: 'KETTLE' })).toEqual(['O-2', 'O-3']);
        expect(await ids({ q: 'SÜD' })).toEqual(['O-3']);
        expect(await ids({ q: '%' })).toEqual(['O-2']);
        expect(await ids({ q: "' OR 1=1 --" })).toEqual([]);
        expect(await ids({ q: 'fine', nodeId: 'A2', filter: 'late' })).toEqual(['O-3']);
        expect(await store.listOrders('r-1', { ...ALL, offset: 1, limit: 1 })).toMatchObject({
          total: 3,
          rows: [{ orderId: 'O-2' }],
        });
        expect(await store.listOrders('r-1', { ...ALL, offset: 9 })).toEqual({ total: 3, rows: [] });
      });

      it('sorts both ways, equal keys by order id, nothing last', async () => {
        await finish('r-1', [
          outcome('O-1', { costMicros: 5, deliveryDays: null }),
          outcome('O-2', { costMicros: 9, deliveryDays: 1 }),
          outcome('O-3', { costMicros: 5, deliveryDays: 4 }),
        ]);
        const ids = async (sort: string, dir: string): Promise<string> =>
          (await store.listOrders('r-1', { ...ALL, sort, dir } as never)).rows
            .map((row) => row.orderId.at(-1))
            .join('');
        expect(await ids('orderId', 'desc')).toBe('321');
        expect(await ids('cost', 'asc')).toBe('132');
        expect(await ids('cost', 'desc')).toBe('213');
        expect(await ids('days', 'asc')).toBe('231');
        expect(await ids('days', 'desc')).toBe('321');
        expect(await ids('shipments', 'desc')).toBe('123');
        expect(await ids('late', 'asc')).toBe('123');
      });

      it('keeps how a run was found, and that it was stopped early', async () => {
        const degraded = { reason: 'deadline', message: 'Too late.', gap: 0.25 } as const;
        const given = result('r-1', [outcome('O-1')]);
        await store.insertRun({ ...run('r-1', 's'), deadlineMs: 250 });
        await store.startRun('r-1', AT);
        await store.saveResult({ ...given, figures: { ...given.figures, degraded } });
        expect(await store.readTrace('r-1')).toEqual(given.trace);
        expect(await store.readTrace('r-2')).toEqual([]);
        expect(await store.findRun('r-1')).toMatchObject({ deadlineMs: 250, figures: { degraded } });
        await store.deleteRun('r-1');
        expect(await store.readTrace('r-1')).toEqual([]);
      });

      it('lists prices in their order, of one node alone too', async () => {
        await finish('r-1', [outcome('O-1')]);
        const { prices } = result('r-1', []);
        expect(await store.listPrices('r-1', { nodeId: null, offset: 0, limit: 10 })).toEqual({
          rows: prices,
          total: 3,
        });
        expect(await store.listPrices('r-1', { nodeId: null, offset: 1, limit: 1 })).toEqual({
          rows: [prices[1]],
          total: 3,
        });
        expect(await store.listPrices('r-1', { nodeId: 'A', offset: 0, limit: 1 })).toEqual({
          rows: [prices[1]],
          total: 2,
        });
        expect(await store.listPrices('r-2', { nodeId: null, offset: 0, limit: 10 })).toEqual({ rows: [], total: 0 });
        await store.deleteRun('r-1');
        expect(await store.listPrices('r-1', { nodeId: null, offset: 0, limit: 10 })).toEqual({ rows: [], total: 0 });
      });

      it('sets the orders of two runs against each other', async () => {
        await finish('r-1', [outcome('O-1'), outcome('O-2'), outcome('O-3', { costMicros: 80 })]);
        await finish('r-2', [
          outcome('O-1'),
          outcome('O-2', { costMicros: 170, choiceHash: 'other', nodeIds: ['A', 'B'], shipments: 2 }),
          outcome('O-3', { costMicros: 10, choiceHash: 'other', unsourcedUnits: 2 }),
        ]);
        expect(await store.countOrderChanges('r-1', 'r-2')).toEqual({
          changedOrders: 2,
          cheaperOrders: 1,
          dearerOrders: 1,
        });
        expect(await store.countOrderChanges('r-1', 'r-1')).toEqual({
          changedOrders: 0,
          cheaperOrders: 0,
          dearerOrders: 0,
        });
        const query = { baselineRunId: 'r-1', runId: 'r-2', sort: 'delta', dir: 'asc', offset: 0, limit: 10 } as const;
        const byDelta = await store.listOrderDeltas(query);
        expect(byDelta.total).toBe(2);
        expect(byDelta.rows.map((row) => [row.orderId, row.deltaMicros])).toEqual([
          ['O-3', -70],
          ['O-2', 70],
        ]);
        expect(byDelta.rows[1]).toEqual({
          orderId: 'O-2',
          baselineCostMicros: 100,
          runCostMicros: 170,
          deltaMicros: 70,
          baselineNodeIds: ['A'],
          runNodeIds: ['A', 'B'],
          baselineShipments: 1,
          runShipments: 2,
          baselineUnsourcedUnits: 0,
          runUnsourcedUnits: 0,
        });
        const bySize = await store.listOrderDeltas({ ...query, sort: 'abs', dir: 'desc' });
        expect(bySize.rows.map((row) => row.orderId)).toEqual(['O-2', 'O-3']);
        expect(await store.listOrderDeltas({ ...query, offset: 1, limit: 1 })).toMatchObject({
          total: 2,
          rows: [{ orderId: 'O-2' }],
        });
      });
    });

    it('keeps everything when it is opened again', async () => {
      await store.insertScenario(scenario('s'));
      await finish('r-1', [outcome('O-1')]);
      const before = [await store.listScenarios(), await store.listRuns(), await store.listOrders('r-1', ALL)];
      await store.close();
      store = await harness.open();
      expect([await store.listScenarios(), await store.listRuns(), await store.listOrders('r-1', ALL)]).toEqual(before);
      await store.ping();
    });

    it('shows one client what another stored', async () => {
      const other = await harness.open();
      try {
        await store.insertScenario(scenario('s'));
        await other.insertRun(run('r-1', 's'));
        expect(await store.findRun('r-1')).toMatchObject({ status: 'queued' });
      } finally {
        await other.close();
      }
    });
  });
}
