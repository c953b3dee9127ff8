/**
 * Preloaded by `--import`, puts parts of the gateway out of work: modules named in BENCH_WITHOUT are replaced by those beside this one. The
 * product has no switches for this, and needs none.
 */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..', '..');
const urlOf = (path: string): string => pathToFileURL(join(repository, path)).href;

/** What is replaced by what. */
const replaced: Readonly<Record<string, string>> = {
  'layers.ts': 'src/upstream/stack.ts',
  'limiter.ts': 'src/rate-limit/limiter.ts',
  'contract-body.ts': 'src/upstream/contract-body.ts',
  'metrics.ts': 'src/telemetry/metrics.ts',
  'journey.ts': 'src/telemetry/journey.ts',
  'journey-store.ts': 'src/telemetry/journey-store.ts',
  'authenticator.ts': 'src/auth/authenticator.ts',
};

const wanted = (process.env['BENCH_WITHOUT'] ?? '').split(',').filter((name) => name !== '');
const substitutes = new Map(
  wanted.map((name) => {
    const original = replaced[name];
    if (original === undefined) throw new Error(`nothing is replaced by ${name}`);
    return [urlOf(original), urlOf(`bench/without/${name}`)];
  }),
);

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const substitute = substitutes.get(found.url);
    // The substitute itself is made of the original.
    return substitute === undefined || context.parentURL === substitute ? found : { ...found, url: substitute };
  },
});
