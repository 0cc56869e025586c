// Decides what every store has to do with policies. An adapter's test calls this with a way to open it.
import { buildPolicy } from '@sourcewright/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../packages/server/src/store/store.ts';
import type { StoreHarness } from './store.contract.ts';

const deed = (at: number, author = 'Ada', comment = '') => ({ at: `2026-03-02T09:00:0${at}.000Z`, author, comment });
const policy = (name = 'Plain', policyId = 'house') => buildPolicy({ policyId, name, version: 77 });

export function policyStoreContract(name: string, makeHarness: () => StoreHarness): void {
  describe(`the policies of the store ${name}`, () => {
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

    const publish = async (version: number): Promise<void> => {
      for (const [from, to] of [
        ['draft', 'tested'],
        ['tested', 'approved'],
        ['approved', 'published'],
      ] as const) {
        expect(await store.movePolicyVersion('house', version, { from, to }, deed(version))).toBe(true);
      }
    };
    const statuses = async () =>
      (await store.listPolicyVersions('house')).map(({ version, status }) => [version, status]);

    it('number versions by policy and give back what they were given', async () => {
      expect(await store.insertPolicyVersion(policy(), 'draft', deed(1, 'Ada', 'First.'))).toBe(1);
      expect(await store.insertPolicyVersion(policy('Other', 'other'), 'draft', deed(2))).toBe(1);
      expect(await store.insertPolicyVersion(policy('Second'), 'draft', deed(3, 'Grace'))).toBe(2);
      expect(await store.findPolicyVersion('house', 1)).toEqual({
        policyId: 'house',
        version: 1,
        name: 'Plain',
        status: 'draft',
        author: 'Ada',
        comment: 'First.',
        createdAt: deed(1).at,
        changedAt: deed(1).at,
        policy: { ...policy(), version: 1 },
        events: [{ ...deed(1, 'Ada', 'First.'), action: 'created' }],
      });
      expect(await store.findPolicyVersion('house', 3)).toBeUndefined();
      expect(await statuses()).toEqual([
        [2, 'draft'],
        [1, 'draft'],
      ]);
      expect(await store.listPolicies()).toEqual([
        { policyId: 'house', name: 'Second', latestVersion: 2, publishedVersion: null, changedAt: deed(3).at },
        { policyId: 'other', name: 'Other', latestVersion: 1, publishedVersion: null, changedAt: deed(2).at },
      ]);
    });

    it('have one published version at most', async () => {
      await store.insertPolicyVersion(policy(), 'draft', deed(0));
      await store.insertPolicyVersion(policy(), 'draft', deed(0));
      await publish(1);
      expect(await store.findPublishedVersion('house')).toBe(1);
      await publish(2);
      expect(await store.findPublishedVersion('house')).toBe(2);
      expect(await store.insertPolicyVersion(policy('Third'), 'published', deed(3))).toBe(3);
      expect(await statuses()).toEqual([
        [3, 'published'],
        [2, 'retired'],
        [1, 'retired'],
      ]);
      const { events } = (await store.findPolicyVersion('house', 1))!;
      expect(events.map(({ action }) => action)).toEqual(['created', 'tested', 'approved', 'published', 'retired']);
    });

    it('move from where they are said to be, or not at all', async () => {
      await store.insertPolicyVersion(policy(), 'draft', deed(0));
      const move = { from: 'tested', to: 'approved' } as const;
      expect(await store.movePolicyVersion('house', 1, move, deed(1))).toBe(false);
      expect(await store.movePolicyVersion('house', 9, { from: 'draft', to: 'tested' }, deed(1))).toBe(false);
      expect((await store.findPolicyVersion('house', 1))!.events).toHaveLength(1);
    });

    it('are drafts again when they are edited, and never change once published', async () => {
      await store.insertPolicyVersion(policy(), 'draft', deed(0));
      await store.movePolicyVersion('house', 1, { from: 'draft', to: 'tested' }, deed(1));
      expect(await store.replacePolicyVersion({ ...policy('Edited'), version: 1 }, deed(2, 'Grace', 'Why.'))).toBe(
        true,
      );
      expect(await store.findPolicyVersion('house', 1)).toMatchObject({
        name: 'Edited',
        status: 'draft',
        author: 'Grace',
        comment: 'Why.',
        policy: { name: 'Edited', version: 1 },
      });
      await publish(1);
      expect(await store.replacePolicyVersion({ ...policy('Late'), version: 1 }, deed(3))).toBe(false);
      expect(await store.replacePolicyVersion({ ...policy('None'), version: 5 }, deed(3))).toBe(false);
      expect(await store.findPolicyVersion('house', 1)).toMatchObject({ name: 'Edited', status: 'published' });
    });

    it('are there when the store is opened again', async () => {
      await store.insertPolicyVersion(policy(), 'published', deed(0));
      await store.close();
      store = await harness.open();
      expect(await store.findPublishedVersion('house')).toBe(1);
    });
  });
}
