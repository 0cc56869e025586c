// Decides what the house looks like: floors, no import cycles, file headers, sizes, pure engine, no unfinished marks.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const MAX_LINES = 500;

/** Folders and files of each package by floor, lowest first. A floor imports lower floors only. */
const FLOORS: Record<string, readonly (readonly string[])[]> = {
  'packages/engine/src': [
    ['base'],
    ['model'],
    ['inventory', 'rules'],
    ['candidates', 'importers'],
    ['costs'],
    ['solve'],
    ['plan'],
    ['explain', 'promise'],
    ['source.ts', 'parse-scenario.ts', 'lint-scenario.ts', 'version.ts'],
    ['review'],
    ['testing', 'index.ts'],
  ],
  'packages/server/src': [
    ['contract'],
    ['config.ts', 'log.ts', 'metrics.ts'],
    ['store', 'scenario-files'],
    ['jobs'],
    ['services'],
    ['http', 'ws'],
    ['app.ts'],
    ['main.ts', 'index.ts', 'cli'],
  ],
  'packages/studio/src': [['format'], ['charts', 'ui', 'api'], ['state'], ['views'], ['app.tsx', 'main.tsx']],
};

/** What a package may import from another. */
const CROSS: Record<string, readonly string[]> = {
  'packages/engine/src': [],
  'packages/server/src': ['@sourcewright/engine'],
  'packages/studio/src': ['@sourcewright/engine', '@sourcewright/server/contract'],
};

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const sources = tracked.filter((path) => /^packages\/[^/]+\/src\/.*\.(ts|tsx)$/.test(path));
const production = sources.filter((path) => !/\.test\.tsx?$/.test(path));
const texts = new Map(
  tracked.filter((path) => /\.(ts|tsx|mjs)$/.test(path)).map((path) => [path, readFileSync(path, 'utf8')]),
);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(path: string): Import[] {
  const text = texts.get(path)!;
  const pattern = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const name = match[2] ?? match[3]!;
    const to = name.startsWith('.') ? normalize(join(dirname(path), name)).split('?')[0]! : name;
    return { from: path, to, typeOnly: match[1] !== undefined };
  });
}

function packageOf(path: string): string | undefined {
  return Object.keys(FLOORS).find((root) => path.startsWith(`${root}/`));
}

function floorOf(path: string): number {
  const root = packageOf(path)!;
  const room = path.slice(root.length + 1).split('/')[0]!;
  return FLOORS[root]!.findIndex((rooms) => rooms.includes(room));
}

describe('tidy', () => {
  it('gives every source file a floor', () => {
    expect(production.filter((path) => floorOf(path) < 0 && !path.endsWith('.d.ts'))).toEqual([]);
  });

  it('lets a floor import lower floors only, and no sibling', () => {
    const wrong = production.flatMap(importsOf).filter(({ from, to }) => {
      const root = packageOf(from)!;
      if (!to.startsWith(`${root}/`) || !production.includes(to)) return false;
      const roomOf = (path: string): string => path.slice(root.length + 1).split('/')[0]!;
      if (roomOf(from) === roomOf(to)) return false;
      const top = floorOf(from) === FLOORS[root]!.length - 1;
      const neighbours = floorOf(from) === floorOf(to) && (top || (isTopFile(from) && isTopFile(to)));
      return floorOf(to) >= floorOf(from) && !neighbours;
    });
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('imports across packages only what a package publishes for the other', () => {
    const wrong = production.flatMap(importsOf).filter(({ from, to }) => {
      const root = packageOf(from)!;
      if (to.startsWith('packages/')) return !to.startsWith(root) && to !== root.replace(/src$/, 'package.json');
      return to.startsWith('@sourcewright/') && !CROSS[root]!.includes(to);
    });
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('gives the studio types only, so that no schema is shipped to the browser', () => {
    const wrong = production
      .filter((path) => path.startsWith('packages/studio/'))
      .flatMap(importsOf)
      .filter(({ to, typeOnly }) => to.startsWith('@sourcewright/') && !typeOnly);
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('has no import cycles', () => {
    const edges = new Map(sources.map((path) => [path, importsOf(path).map(({ to }) => to)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const path of sources) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('keeps the engine pure', () => {
    const banned = /\bfrom 'node:|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(/;
    const engine = production.filter((path) => path.startsWith('packages/engine/'));
    expect(engine.filter((path) => banned.test(texts.get(path)!))).toEqual([]);
    const importers = engine.filter((path) => importsOf(path).some(({ to }) => to === 'json-rules-engine'));
    expect(importers).toEqual(['packages/engine/src/rules/reference.ts']);
  });

  it('opens every source file by saying what it decides', () => {
    const silent = production.filter((path) => {
      const lines = texts
        .get(path)!
        .split('\n')
        .filter((line) => !line.startsWith('#!'));
      return !path.endsWith('/index.ts') && !path.endsWith('.d.ts') && !/^(\/\/|\/\*\*?) /.test(lines[0]!);
    });
    expect(silent).toEqual([]);
  });

  it(`keeps files to ${MAX_LINES} lines`, () => {
    const long = [...texts].filter(([, text]) => text.split('\n').length > MAX_LINES).map(([path]) => path);
    expect(long).toEqual([]);
  });

  it('leaves nothing unfinished, skipped or focused', () => {
    const marks = /TODO|FIXME|XXX|\b(it|test|describe)\.(skip|only|todo)\b/;
    expect(
      [...texts].filter(([path, text]) => path !== 'test/tidy.test.ts' && marks.test(text)).map(([path]) => path),
    ).toEqual([]);
  });

  it('pins every dependency exactly', () => {
    const loose = tracked
      .filter((path) => path.endsWith('package.json'))
      .flatMap((path) => {
        const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;
        return Object.entries({ ...manifest['dependencies'], ...manifest['devDependencies'] })
          .filter(([, version]) => !/^(\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/.test(version))
          .map(([name, version]) => `${path}: ${name} ${version}`);
      });
    expect(loose).toEqual([]);
  });
});

/** Files that stand alone on the upper floors see each other: the pipeline, its parsers and the public face. */
function isTopFile(path: string): boolean {
  const root = packageOf(path)!;
  return !path.slice(root.length + 1).includes('/');
}
