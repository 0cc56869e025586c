// Decides what the wire shows of stored policies: versions with their state, who did what, the difference of two.
import { type Policy, policySchema } from '@sourcewright/engine';
import { z } from 'zod';

/** What a version goes through; back to draft from any state before it is published. */
export const POLICY_STATUSES = ['draft', 'tested', 'approved', 'published', 'retired'] as const;
export type PolicyStatus = (typeof POLICY_STATUSES)[number];

const instant = z.string().meta({ description: 'Instant, RFC 3339.', format: 'date-time' });
const version = z.int().min(1).max(1_000_000);
const policyId = policySchema.shape.policyId;
const author = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .meta({ description: 'Who does it. Taken as given: there are no credentials yet.' });
const comment = z.string().trim().max(1000).meta({ description: 'Why, in plain words.' });

/** Of a query or an address, where everything is text. */
const versionText = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, 'A version is a whole number from 1.')
  .meta({ description: 'A version.' });

export const policyIdParams = z.strictObject({ policyId });
export const policyVersionParams = z.strictObject({ policyId, version: versionText });
export const diffQuery = z.strictObject({ from: versionText, to: versionText });

export const policyEventSchema = z
  .strictObject({
    at: instant,
    author: z.string(),
    action: z.enum(['created', 'edited', ...POLICY_STATUSES]).meta({ description: 'A status: moved there.' }),
    comment: z.string(),
  })
  .meta({ id: 'PolicyEvent' });

const infoShape = {
  policyId,
  version,
  name: z.string(),
  status: z.enum(POLICY_STATUSES),
  author: z.string().meta({ description: 'Who edited it last.' }),
  comment: z.string().meta({ description: 'Of the last edit.' }),
  createdAt: instant,
  changedAt: instant,
};
export const policyInfoSchema = z.strictObject(infoShape).meta({ id: 'PolicyInfo' });
export const policyVersionSchema = z
  .strictObject({ ...infoShape, policy: policySchema, events: z.array(policyEventSchema) })
  .meta({ id: 'PolicyVersion', description: 'Once published, its policy never changes. Events are oldest first.' });

export const policySummarySchema = z
  .strictObject({
    policyId,
    name: z.string().meta({ description: 'Of the latest version.' }),
    latestVersion: version,
    publishedVersion: version.nullable(),
    changedAt: instant,
  })
  .meta({ id: 'PolicySummary' });
export const policyListSchema = z.strictObject({ policies: z.array(policySummarySchema) });
export const policyVersionListSchema = z.strictObject({
  versions: z.array(policyInfoSchema).meta({ description: 'Newest first.' }),
});

export const savePolicySchema = z
  .strictObject({
    policy: policySchema.meta({
      description: 'Its `policyId` is that of the address; its `version` is set by the server.',
    }),
    author,
    comment: comment.optional(),
  })
  .meta({ id: 'SavePolicy' });
export const movePolicySchema = z
  .strictObject({ to: z.enum(POLICY_STATUSES), author, comment: comment.optional() })
  .meta({ id: 'MovePolicy' });
export const rollBackSchema = z
  .strictObject({ version, author, comment: comment.optional() })
  .meta({ id: 'RollBackPolicy' });

export const policyDiffSchema = z
  .strictObject({
    policyId,
    from: version,
    to: version,
    changes: z.array(
      z.strictObject({
        kind: z.enum(['added', 'removed', 'moved', 'changed']),
        path: z
          .string()
          .meta({ description: 'JSON pointer: into `from` where something was removed, else into `to`.' }),
        sentence: z.string(),
      }),
    ),
  })
  .meta({ id: 'PolicyDiff' });

/** A stored version as a run names it: `policyId@version`, or `policyId@published`. */
export const policyRefSchema = z
  .string()
  .max(100)
  .regex(/^.+@([1-9]\d{0,5}|published)$/, 'Give policyId@version, or policyId@published.')
  .meta({
    description: 'A stored version, `policyId@version`; or `policyId@published` for the one that is published.',
  });

export type PolicyEvent = z.infer<typeof policyEventSchema>;
export type PolicyInfo = z.infer<typeof policyInfoSchema>;
export type PolicyVersion = z.infer<typeof policyVersionSchema>;
export type PolicySummary = z.infer<typeof policySummarySchema>;
export type PolicyDiff = z.infer<typeof policyDiffSchema>;
export type SavePolicy = z.infer<typeof savePolicySchema>;
export type MovePolicy = z.infer<typeof movePolicySchema>;
export type RollBackPolicy = z.infer<typeof rollBackSchema>;

const examplePolicy: Policy = {
  policyId: 'house-rules',
  version: 2,
  name: 'House rules',
  strategy: 'fcfs-exact',
  goals: {
    splitMicros: 500_000,
    latenessPerDayMicros: 1_000_000,
    unsourced: { perUnitMicros: 5_000_000, valuePercent: 100 },
  },
  promise: { defaultDays: 5 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 2 },
};
export const exampleInfo: PolicyInfo = {
  policyId: 'house-rules',
  version: 2,
  name: 'House rules',
  status: 'published',
  author: 'Ada',
  comment: 'Splits cost 0.50 now.',
  createdAt: '2026-03-02T09:00:00.000Z',
  changedAt: '2026-03-02T11:30:00.000Z',
};
export const exampleVersion: PolicyVersion = {
  ...exampleInfo,
  policy: examplePolicy,
  events: [
    { at: '2026-03-02T09:00:00.000Z', author: 'Ada', action: 'created', comment: 'Splits cost 0.50 now.' },
    { at: '2026-03-02T10:00:00.000Z', author: 'Ada', action: 'tested', comment: 'All checks pass.' },
    { at: '2026-03-02T11:00:00.000Z', author: 'Grace', action: 'approved', comment: '' },
    { at: '2026-03-02T11:30:00.000Z', author: 'Grace', action: 'published', comment: '' },
  ],
};
export const exampleSummary: PolicySummary = {
  policyId: 'house-rules',
  name: 'House rules',
  latestVersion: 2,
  publishedVersion: 2,
  changedAt: '2026-03-02T11:30:00.000Z',
};
export const exampleSave: SavePolicy = { policy: examplePolicy, author: 'Ada', comment: 'Splits cost 0.50 now.' };
export const exampleDiff: PolicyDiff = {
  policyId: 'house-rules',
  from: 1,
  to: 2,
  changes: [{ kind: 'changed', path: '/goals/splitMicros', sentence: 'goals.splitMicros changed from 1.00 to 0.50.' }],
};
