// Decides the routes of stored policies. A part of the list in routes.ts.
import { z } from 'zod';
import * as wire from './policy-wire.ts';
import { BODY_MAX_BYTES, BODY_PROBLEMS, type Route } from './route.ts';

const JSON_TYPE = 'application/json';
const noQuery = z.strictObject({});

const version = (status: 200 | 201, description: string) =>
  ({
    status,
    description,
    contentType: JSON_TYPE,
    schema: wire.policyVersionSchema,
    example: wire.exampleVersion,
  }) as const;
const body = <S extends z.ZodType>(schema: S, description: string, example: unknown) => ({
  schema,
  description,
  example,
  maxBytes: BODY_MAX_BYTES,
});

export const policyRoutes = {
  listPolicies: {
    operationId: 'listPolicies',
    method: 'get',
    path: '/v1/policies',
    tag: 'Policies',
    summary: 'All stored policies, by id',
    query: noQuery,
    answer: {
      status: 200,
      description: 'The policies.',
      contentType: JSON_TYPE,
      schema: wire.policyListSchema,
      example: { policies: [wire.exampleSummary] },
    },
    problems: [],
  },
  listPolicyVersions: {
    operationId: 'listPolicyVersions',
    method: 'get',
    path: '/v1/policies/{policyId}/versions',
    tag: 'Policies',
    summary: 'The versions of a policy, newest first',
    params: wire.policyIdParams,
    query: noQuery,
    answer: {
      status: 200,
      description: 'The versions, without their policies.',
      contentType: JSON_TYPE,
      schema: wire.policyVersionListSchema,
      example: { versions: [wire.exampleInfo] },
    },
    problems: ['invalid-input', 'policy-not-found'],
  },
  createPolicyVersion: {
    operationId: 'createPolicyVersion',
    method: 'post',
    path: '/v1/policies/{policyId}/versions',
    tag: 'Policies',
    summary: 'Save a policy as a new draft',
    description: 'It gets the next version. The first makes the policy.',
    params: wire.policyIdParams,
    query: noQuery,
    body: body(wire.savePolicySchema, 'A policy whose rules compile.', wire.exampleSave),
    answer: { ...version(201, 'It is stored.'), headers: { Location: 'Address of the version.' } },
    problems: BODY_PROBLEMS,
  },
  getPolicyVersion: {
    operationId: 'getPolicyVersion',
    method: 'get',
    path: '/v1/policies/{policyId}/versions/{version}',
    tag: 'Policies',
    summary: 'One version with its policy and history',
    params: wire.policyVersionParams,
    query: noQuery,
    answer: version(200, 'The version.'),
    problems: ['invalid-input', 'policy-not-found'],
  },
  editPolicyVersion: {
    operationId: 'editPolicyVersion',
    method: 'post',
    path: '/v1/policies/{policyId}/versions/{version}',
    tag: 'Policies',
    summary: 'Replace the policy of a version that was never published',
    description: 'It is a draft again, whatever it was.',
    params: wire.policyVersionParams,
    query: noQuery,
    body: body(wire.savePolicySchema, 'A policy whose rules compile.', wire.exampleSave),
    answer: version(200, 'It is stored.'),
    problems: [...BODY_PROBLEMS, 'policy-not-found', 'policy-immutable'],
  },
  movePolicyVersion: {
    operationId: 'movePolicyVersion',
    method: 'post',
    path: '/v1/policies/{policyId}/versions/{version}/moves',
    tag: 'Policies',
    summary: 'Move a version on: tested, approved, published, retired; or back to draft',
    description:
      'A draft is tested, then approved, then published; publishing one retires the one before it. A policy in which the linter finds errors is not tested. Where the server asks for a second person, who edited a version last cannot approve it.',
    params: wire.policyVersionParams,
    query: noQuery,
    body: body(wire.movePolicySchema, 'Where to, and who says so.', {
      to: 'tested',
      author: 'Ada',
      comment: 'All checks pass.',
    }),
    answer: version(200, 'It has moved.'),
    problems: [...BODY_PROBLEMS, 'policy-not-found', 'policy-move-refused', 'second-person-needed'],
  },
  rollBackPolicy: {
    operationId: 'rollBackPolicy',
    method: 'post',
    path: '/v1/policies/{policyId}/rollbacks',
    tag: 'Policies',
    summary: 'Publish a version that was published before',
    description: 'As a new version with the same policy, so that history only grows. The one published now is retired.',
    params: wire.policyIdParams,
    query: noQuery,
    body: body(wire.rollBackSchema, 'A retired version.', { version: 1, author: 'Grace', comment: 'Too many splits.' }),
    answer: version(201, 'It is published.'),
    problems: [...BODY_PROBLEMS, 'policy-not-found', 'policy-move-refused'],
  },
  diffPolicyVersions: {
    operationId: 'diffPolicyVersions',
    method: 'get',
    path: '/v1/policies/{policyId}/diff',
    tag: 'Policies',
    summary: 'What changed between two versions, in words',
    params: wire.policyIdParams,
    query: wire.diffQuery,
    answer: {
      status: 200,
      description: 'The changes, in the order of the policy.',
      contentType: JSON_TYPE,
      schema: wire.policyDiffSchema,
      example: wire.exampleDiff,
    },
    problems: ['invalid-input', 'policy-not-found'],
  },
} as const satisfies Record<string, Route>;
