import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importEdges, levelOf, sourceFiles } from './source-tree.ts';

const files = sourceFiles();
const edges = importEdges(files);

test('every source file belongs to a folder with a level', () => {
  assert.deepEqual(
    files.filter((file) => levelOf(file) === undefined),
    [],
  );
});

test('a file imports only from its own folder or from a lower level', () => {
  const wrong = edges.filter(({ from, to }) => {
    const [a, b] = [levelOf(from), levelOf(to)];
    if (a === undefined || b === undefined) return true;
    return a.folder !== b.folder && a.level <= b.level;
  });
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('a client folder imports only the door, resolvers, domain, nouns, errors and its own generated types', () => {
  const allowed = ['src/gateway.ts', 'src/serve.ts', 'src/resolvers/', 'src/domain/', 'src/context/', 'src/errors/'];
  const wrong = edges.filter(({ from, to }) => {
    const own = from.split('/')[0] ?? '';
    if (!own.startsWith('bff-') || to.startsWith(`${own}/`)) return false;
    return !allowed.some((prefix) => to.startsWith(prefix));
  });
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('no file takes part in an import cycle, type-only imports included', () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push([...path.slice(start), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  assert.deepEqual(cycles, []);
});

test('a library with a home is imported only there', () => {
  const homes: Record<string, readonly string[]> = {
    jose: ['src/auth/'],
    dataloader: ['src/loaders/'],
    ioredis: ['src/redis/'],
    opossum: ['src/resilience/'],
    '@opentelemetry': ['src/telemetry/span-export.ts'],
    undici: ['src/upstream/pool.ts'],
    fastify: ['src/ingress/', 'src/admin/'],
    '@apollo/server': ['src/operation/'],
    'graphql-shield': ['src/operation/'],
    'graphql-middleware': ['src/operation/'],
    'graphql-jit': ['src/operation/'],
  };
  const wrong = sourceFiles().flatMap((file) =>
    importEdges([file], true)
      .filter(({ to }) => Object.keys(homes).some((name) => to === name || to.startsWith(`${name}/`)))
      .filter(({ to }) => {
        const name = Object.keys(homes).find((home) => to === home || to.startsWith(`${home}/`)) ?? '';
        return !homes[name]?.some((home) => file.startsWith(home));
      })
      .map(({ to }) => `${file} imports ${to}`),
  );
  assert.deepEqual(wrong, []);
});
