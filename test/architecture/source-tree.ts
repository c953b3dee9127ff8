import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The levels of DESIGN: a folder imports only from lower ones. `docs/architecture.md` shows the same table. */
export const levels: readonly (readonly [level: number, folder: string])[] = [
  [0, 'src/lib'],
  [1, 'src/errors'],
  [1, 'src/generated'],
  [2, 'src/config'],
  [3, 'src/telemetry'],
  [4, 'src/context'],
  [5, 'src/domain'],
  [5, 'src/resilience'],
  [6, 'src/redis'],
  [7, 'src/auth'],
  [7, 'src/rate-limit'],
  [7, 'src/cache'],
  [7, 'src/idempotency'],
  [7, 'src/loaders'],
  [8, 'src/upstream'],
  [9, 'src/resolvers'],
  [9, 'src/operation'],
  [10, 'src/ingress'],
  [10, 'src/admin'],
  [11, 'src/gateway'],
  [12, 'src/cli'],
  [12, 'src/serve'],
];

export interface Edge {
  readonly from: string;
  readonly to: string;
}

/** Every TypeScript file of the product, as a path from the repository's root with forward slashes. */
export function sourceFiles(): string[] {
  return globSync(['src/**/*.ts', 'bff-*/**/*.ts']).map((file) => file.replaceAll('\\', '/'));
}

/** The folder and level that a file lives in; a client's folder is the top level. */
export function levelOf(file: string): { level: number; folder: string } | undefined {
  const client = /^bff-[a-z]+/.exec(file)?.[0];
  if (client) return { level: 13, folder: client };
  const found = levels.find(([, folder]) => file.startsWith(`${folder}/`) || file === `${folder}.ts`);
  return found && { level: found[0], folder: found[1] };
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|require\(\s*['"]([^'"]+)['"]/g;

/** The imports of files: relative ones resolved to paths, or the packages' names when `packages` is set. */
export function importEdges(files: readonly string[], packages = false): Edge[] {
  return files.flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(importPattern)]
      .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
      .filter((to) => to.startsWith('.') !== packages)
      .map((to) => ({ from, to: packages ? to : normalize(join(dirname(from), to)).replaceAll('\\', '/') })),
  );
}
