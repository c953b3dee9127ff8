import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { drain } from '../../src/config/sections/drain.ts';

const dockerfile = readFileSync('deploy/Dockerfile', 'utf8');
const unit = readFileSync('deploy/systemd/facet@.service', 'utf8');
const compose = parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, { readonly stop_grace_period?: string; readonly read_only?: boolean }>>;
};

test('the image copies only what the repository has and what the context lets in', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  const admitted = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  for (const name of copied.filter((one) => one !== '.')) {
    assert.equal(globSync(name).length, 1, name);
    assert.ok(admitted.includes(`!${name}`), `${name} is not in .dockerignore`);
  }
  for (const line of admitted) assert.notEqual(globSync(line.slice(1)).length, 0, line);
});

test('the image runs the Node that the tests run, without root and without development packages', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };
  const major = /\d+/.exec(engines.node)?.[0];
  for (const [, version] of dockerfile.matchAll(/^FROM node:(\d+)/gm)) assert.equal(version, major);
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
  assert.match(last, /^USER node$/m);
  assert.match(last, /^HEALTHCHECK .*\["node", "healthcheck\.mjs"\]$/m);
  assert.match(dockerfile, /npm ci --omit=dev --omit=optional/);
});

test('whoever stops a process gives it longer than its drain takes', () => {
  const { delayMs, graceMs } = drain.parse({});
  const needed = (delayMs + graceMs) / 1_000;
  assert.ok(Number(/TimeoutStopSec=(\d+)/.exec(unit)?.[1]) > needed);
  for (const client of ['web', 'mobile']) {
    const service = compose.services[client];
    assert.ok(Number.parseInt(service?.stop_grace_period ?? '', 10) > needed);
    assert.equal(service?.read_only, true);
  }
});

test('the unit starts what the build makes, for each client', () => {
  const entry = /ExecStart=\/usr\/bin\/node --enable-source-maps dist\/(\S+)\.js/.exec(unit)?.[1] ?? '';
  for (const client of ['web', 'mobile']) assert.equal(globSync(`${entry.replace('%i', client)}.ts`).length, 1);
});
