// Decides every error the API can answer with: one registry of problem types (RFC 9457), each with its status and title.
// Leaves the prose about each to docs/reference/problems.md; a test holds the two together.
import { ISSUE_CODES } from '@sourcewright/engine';
import { z } from 'zod';

export const PROBLEM_BASE = 'https://sourcewright.dev/problems/';

export const PROBLEMS = {
  'invalid-input': { status: 400, title: 'The input has problems' },
  'malformed-body': { status: 400, title: 'The body could not be read' },
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'forbidden-origin': { status: 403, title: 'This origin or host is not allowed' },
  'unknown-route': { status: 404, title: 'There is nothing at this address' },
  'scenario-not-found': { status: 404, title: 'There is no such scenario' },
  'run-not-found': { status: 404, title: 'There is no such run' },
  'policy-not-found': { status: 404, title: 'There is no such policy or version' },
  'order-not-found': { status: 404, title: 'There is no such order in this run' },
  'method-not-allowed': { status: 405, title: 'This method is not supported here' },
  'scenario-exists': { status: 409, title: 'A scenario with this id exists' },
  'scenario-busy': { status: 409, title: 'A run of this scenario is running' },
  'run-busy': { status: 409, title: 'The run is running' },
  'run-finished': { status: 409, title: 'The run has finished' },
  'run-not-done': { status: 409, title: 'The run has no results' },
  'runs-not-comparable': { status: 409, title: 'The runs belong to different scenarios' },
  'policy-immutable': { status: 409, title: 'The version was published and does not change' },
  'policy-move-refused': { status: 409, title: 'The version cannot go there' },
  'second-person-needed': { status: 409, title: 'Another person has to approve it' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type or encoding is not supported' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'internal-error': { status: 500, title: 'Something went wrong in the server' },
  'worker-failed': { status: 500, title: 'The worker stopped before it answered' },
  overloaded: { status: 503, title: 'Too much work is waiting' },
  'deadline-exceeded': { status: 503, title: 'The deadline passed before a plan was found' },
  'shutting-down': { status: 503, title: 'The server is shutting down' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemName = keyof typeof PROBLEMS;

/** The stable URI of a problem type. */
export function problemType(name: ProblemName): string {
  return PROBLEM_BASE + name;
}

export const issueSchema = z
  .strictObject({
    code: z.enum(ISSUE_CODES),
    path: z
      .string()
      .meta({ description: 'JSON pointer into the body; starts with `?` for the query, with `:` for the path.' }),
    message: z.string(),
  })
  .meta({ id: 'Issue' });

export const problemSchema = z
  .strictObject({
    type: z.string().meta({ format: 'uri' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional().meta({ description: 'Id of the request, as in the X-Request-Id header.' }),
    issues: z.array(issueSchema).meta({ description: 'Every problem found in the input, at once.' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;
