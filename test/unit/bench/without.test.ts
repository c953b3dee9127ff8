import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const repository = join(import.meta.dirname, '../../..');
const folder = join(repository, 'bench/without');
const parts = readdirSync(folder).filter((name) => name !== 'hook.ts');

/** What a process with these parts put out of work finds under the names of the gateway's own. */
function inProcess(without: readonly string[], script: string): string {
  const preload = pathToFileURL(join(folder, 'hook.ts')).href;
  const args = ['--import', preload, '--input-type=module-typescript', '--eval', script];
  const env = { ...process.env, BENCH_WITHOUT: without.join(), BENCH_WITHOUT_LAYERS: 'retry' };
  return execFileSync(process.execPath, args, { cwd: repository, env, encoding: 'utf8', stdio: 'pipe' }).trim();
}

test('a benchmark without limits has a limiter that counts nobody, wherever the gateway imports it', () => {
  const script = `
    const { Limiter } = await import('./src/rate-limit/limiter.ts');
    console.log((await Limiter.prototype.charge()).quotas.length, Object.getPrototypeOf(Limiter).name);`;
  assert.equal(inProcess(['limiter.ts'], script), '0 Limiter');
});

test('a benchmark without a layer of the way out has all the others', () => {
  const script = `
    const { layers } = await import('./src/upstream/stack.ts');
    console.log(layers.map(({ name }) => name).join(' '));`;
  const whole = inProcess([], script).split(' ');
  assert.ok(whole.includes('retry'));
  assert.deepEqual(
    inProcess(['layers.ts'], script).split(' '),
    whole.filter((name) => name !== 'retry'),
  );
});

test('the gateway starts to the end of its imports with every part put out of work', () => {
  assert.equal(inProcess(parts, "await import('./src/gateway.ts'); console.log('whole')"), 'whole');
});

test('a part that does not exist is not left out in silence', () => {
  assert.throws(() => inProcess(['nothing.ts'], ''), /nothing is replaced by nothing\.ts/);
});
