// The document and the server are one: every route is in both, every example fits its schema, every reference leads somewhere.
import { type App, createApp, createLog, openSqliteStore, readConfig } from '@sourcewright/server';
import {
  BODY_PROBLEMS,
  buildOpenApi,
  COMMON_PROBLEMS,
  PROBLEMS,
  type Route,
  routes,
} from '@sourcewright/server/contract';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFileIn, makeFolder, testConfig } from './support/server.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
}

const all: readonly (readonly [string, Route])[] = Object.entries<Route>(routes);
const document = buildOpenApi('1.2.3');
const paths = document.paths as Record<string, Record<string, Operation>>;
interface Operation {
  readonly operationId: string;
  readonly responses: Record<
    string,
    { content?: Record<string, { examples?: Record<string, unknown>; example?: unknown }> }
  >;
  readonly requestBody?: { content: Record<string, { example?: unknown }> };
  readonly parameters?: readonly { name: string; in: string }[];
}

describe('the document', () => {
  const folder = makeFolder();
  let app: App;
  let close: () => Promise<void>;

  beforeAll(() => {
    const config = readConfig(testConfig(folder), {});
    if (!config.ok) throw new Error(JSON.stringify(config.error));
    const store = openSqliteStore(dataFileIn(folder));
    app = createApp({ config: config.value, store, log: createLog('silent') });
    close = async () => {
      await app.quiesce();
      await app.close();
      await store.close();
    };
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every route the server answers, and the server every route it has', () => {
    const registered = new Set<string>();
    const visit = (layers: readonly Layer[]): void => {
      for (const { route, handle } of layers) {
        if (route && !route.methods['_all']) {
          for (const method of Object.keys(route.methods)) {
            registered.add(`${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
          }
        }
        if (handle.stack) visit(handle.stack);
      }
    };
    visit((app.handle as unknown as { router: { stack: Layer[] } }).router.stack);
    const files = ['get /docs/start.js', 'get /docs/reference.js'];
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect([...registered].sort()).toEqual([...documented, ...files].sort());
    expect(documented).toHaveLength(all.length);
  });

  it('is OpenAPI 3.1 of the version it is asked for, with references that lead somewhere', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Sourcewright', version: '1.2.3' } });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]!);
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      const target = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(target, reference).toBeDefined();
    }
  });

  it('names each operation once', () => {
    const names = Object.values(paths).flatMap((methods) => Object.values(methods).map((each) => each.operationId));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe.each(all)('the route %s', (id, route) => {
  const operation = paths[route.path]![route.method]!;

  it('is named after its key and has all its path parameters', () => {
    expect(route.operationId).toBe(id);
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
    expect(Object.keys(route.params?.shape ?? {})).toEqual(named);
    const documented = (operation.parameters ?? []).filter((each) => each.in === 'path').map((each) => each.name);
    expect(documented).toEqual(named);
  });

  it('has examples that fit', () => {
    const { answer, body } = route;
    if (answer.schema) expect(answer.schema.safeParse(answer.example).error?.issues).toBeUndefined();
    if (body) {
      expect(body.schema.safeParse(body.example).error?.issues).toBeUndefined();
      expect(operation.requestBody!.content['application/json']!.example).toEqual(body.example);
    }
    const shown = operation.responses[String(answer.status)]!;
    if (answer.contentType) expect(shown.content![answer.contentType]!.example).toEqual(answer.example);
    else expect(shown.content).toBeUndefined();
  });

  it('has an example of every problem it can meet', () => {
    const expected = new Set([...route.problems, ...COMMON_PROBLEMS]);
    if (route.body) for (const name of BODY_PROBLEMS) expect(expected).toContain(name);
    const shown = Object.entries(operation.responses).flatMap(([status, { content }]) =>
      Object.keys(content?.['application/problem+json']?.examples ?? {}).map((name) => `${status} ${name}`),
    );
    expect(shown.sort()).toEqual([...expected].map((name) => `${PROBLEMS[name].status} ${name}`).sort());
  });
});
