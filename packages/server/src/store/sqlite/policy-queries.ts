// Decides how policies are kept in SQLite. That a published policy never changes is held by a trigger.
import type { Policy } from '@sourcewright/engine';
import type { PolicyEvent, PolicyInfo, PolicyStatus, PolicySummary } from '../../contract/index.ts';
import type { PolicyDeed, PolicyStore } from '../policy-store.ts';
import type { Connection, Row } from './connection.ts';

const INFO = 'policy_id, version, name, status, author, comment, created_at, changed_at';

export function policyQueries(db: Connection): PolicyStore {
  const tell = (policyNo: number, action: PolicyEvent['action'], { at, author, comment }: PolicyDeed): void => {
    db.run(
      'INSERT INTO policy_events (policy_no, at, author, action, comment) VALUES (?, ?, ?, ?, ?)',
      policyNo,
      at,
      author,
      action,
      comment,
    );
  };
  const moveTo = (policyNo: number, status: PolicyStatus, deed: PolicyDeed): void => {
    db.run('UPDATE policy_versions SET status = ?, changed_at = ? WHERE policy_no = ?', status, deed.at, policyNo);
    tell(policyNo, status, deed);
  };
  const retirePublished = (policyId: string, deed: PolicyDeed): void => {
    const row = db.get(`SELECT policy_no FROM policy_versions WHERE policy_id = ? AND status = 'published'`, policyId);
    if (row) moveTo(row['policy_no'] as number, 'retired', deed);
  };
  return {
    insertPolicyVersion: async (policy, status, deed) =>
      db.transaction(() => {
        const { policyId, name } = policy;
        const last = db.get('SELECT max(version) AS version FROM policy_versions WHERE policy_id = ?', policyId);
        const version = Number(last?.['version'] ?? 0) + 1;
        const inserted = db.get(
          `INSERT INTO policy_versions (policy_id, version, name, status, policy, author, comment, created_at, changed_at)
           VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?) RETURNING policy_no`,
          policyId,
          version,
          name,
          JSON.stringify({ ...policy, version }),
          deed.author,
          deed.comment,
          deed.at,
          deed.at,
        );
        const policyNo = inserted!['policy_no'] as number;
        tell(policyNo, 'created', deed);
        if (status === 'published') {
          retirePublished(policyId, deed);
          moveTo(policyNo, 'published', deed);
        }
        return version;
      }),

    listPolicies: async () =>
      db
        .all(
          `SELECT policy_id, name, version,
             (SELECT version FROM policy_versions AS other WHERE other.policy_id = latest.policy_id AND status = 'published') AS published,
             (SELECT max(changed_at) FROM policy_versions AS other WHERE other.policy_id = latest.policy_id) AS changed_at
           FROM policy_versions AS latest
           WHERE version = (SELECT max(version) FROM policy_versions AS other WHERE other.policy_id = latest.policy_id)
           ORDER BY policy_id`,
        )
        .map(
          (row): PolicySummary => ({
            policyId: row['policy_id'] as string,
            name: row['name'] as string,
            latestVersion: row['version'] as number,
            publishedVersion: row['published'] as number | null,
            changedAt: row['changed_at'] as string,
          }),
        ),

    listPolicyVersions: async (policyId) =>
      db.all(`SELECT ${INFO} FROM policy_versions WHERE policy_id = ? ORDER BY version DESC`, policyId).map(infoOf),

    findPolicyVersion: async (policyId, version) => {
      const row = db.get(
        `SELECT policy_no, policy, ${INFO} FROM policy_versions WHERE policy_id = ? AND version = ?`,
        policyId,
        version,
      );
      if (!row) return undefined;
      const events = db
        .all(
          'SELECT at, author, action, comment FROM policy_events WHERE policy_no = ? ORDER BY event_no',
          row['policy_no']!,
        )
        .map((event) => ({ ...event }) as unknown as PolicyEvent);
      return { ...infoOf(row), policy: JSON.parse(row['policy'] as string) as Policy, events };
    },

    findPublishedVersion: async (policyId) =>
      db.get(`SELECT version FROM policy_versions WHERE policy_id = ? AND status = 'published'`, policyId)?.[
        'version'
      ] as number | undefined,

    replacePolicyVersion: async (policy, deed) =>
      db.transaction(() => {
        const row = db.get(
          `UPDATE policy_versions SET policy = ?, name = ?, status = 'draft', author = ?, comment = ?, changed_at = ?
           WHERE policy_id = ? AND version = ? AND status IN ('draft', 'tested', 'approved') RETURNING policy_no`,
          JSON.stringify(policy),
          policy.name,
          deed.author,
          deed.comment,
          deed.at,
          policy.policyId,
          policy.version,
        );
        if (row) tell(row['policy_no'] as number, 'edited', deed);
        return row !== undefined;
      }),

    movePolicyVersion: async (policyId, version, { from, to }, deed) =>
      db.transaction(() => {
        const row = db.get(
          'SELECT policy_no FROM policy_versions WHERE policy_id = ? AND version = ? AND status = ?',
          policyId,
          version,
          from,
        );
        if (!row) return false;
        if (to === 'published') retirePublished(policyId, deed);
        moveTo(row['policy_no'] as number, to, deed);
        return true;
      }),
  };
}

function infoOf(row: Row): PolicyInfo {
  return {
    policyId: row['policy_id'] as string,
    version: row['version'] as number,
    name: row['name'] as string,
    status: row['status'] as PolicyStatus,
    author: row['author'] as string,
    comment: row['comment'] as string,
    createdAt: row['created_at'] as string,
    changedAt: row['changed_at'] as string,
  };
}
