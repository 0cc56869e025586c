// Decides what a failed call looks like in the studio: the server's RFC 9457 problem, or a plain word about the network.
import type { Issue } from '@sourcewright/engine';

/** `message` is the title; `detail` says what happened; `hints` are the issues, one line each. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly detail: string;
  readonly hints: readonly string[];

  constructor(status: number, title: string, detail: string, hints: readonly string[] = []) {
    super(title);
    this.status = status;
    this.detail = detail;
    this.hints = hints;
  }
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = await bodyOf(response);
  const issues = Array.isArray(body['issues']) ? (body['issues'] as Issue[]) : [];
  return new ApiProblem(
    response.status,
    textOf(body['title']) ?? `The server answered ${response.status}`,
    textOf(body['detail']) ?? 'Nothing was changed. Try again; if it stays, look into the log of the server.',
    issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)),
  );
}

export function networkProblem(): ApiProblem {
  return new ApiProblem(
    0,
    'The server cannot be reached',
    'Your selection is kept in the address of this page. Check that the server runs, then try again.',
  );
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
