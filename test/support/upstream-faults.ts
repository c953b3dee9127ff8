import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceName } from '../../src/generated/index.ts';
import { type FaultProxy, type Link, startFaultProxy } from './fault-proxy.ts';
import type { Cleanup } from './processes.ts';
import { type FaultInput, switchFaults } from './reference-services.ts';
import { type ScreenAnswer, type ScreenWorld, startScreenWorld } from './screen-world.ts';
import { until } from './until.ts';
import { within } from './within.ts';

/** Breakers open for two seconds here, reads may take one; nothing is kept, so that each screen asks every service. */
const upstream = {
  breaker: { openMs: 2_000 },
  readTimeoutMs: 1_000,
  pool: { connectTimeoutMs: 500 },
};

export const screen = `{
  home { greeting activeOrders(first: 2) { id number payment { statusText } } }
  savedMethods { id }
}`;

/** The parts of the screen that come from each service, by path. */
const partsOf: Readonly<Record<ServiceName, (data: ScreenAnswer['data']) => unknown>> = {
  users: (data) => data?.home?.greeting,
  orders: (data) => data?.home?.activeOrders?.map(({ number }: { number: string }) => number),
  payments: (data) => data?.savedMethods,
};

export interface UpstreamFault {
  /** Row of the list of faults to survive. */
  readonly row: number;
  readonly name: string;
  /** On the way to the service, ... */
  readonly link?: Link;
  /** ... or in it. */
  readonly fault?: FaultInput;
  /** Codes that the broken part may have. */
  readonly codes: readonly string[];
  /** Longest time of one answer while it lasts. */
  readonly withinMs: number;
  /** Some answers of the service are good: its breaker may stay closed. */
  readonly partial?: true;
}

const unavailable = ['UPSTREAM_UNAVAILABLE'];
const timedOut = ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'DEADLINE_EXCEEDED'];
const broken = ['UPSTREAM_BAD_RESPONSE', 'UPSTREAM_UNAVAILABLE'];

export const upstreamFaults: readonly UpstreamFault[] = [
  { row: 9, name: 'refuses connections', link: 'refuse', codes: unavailable, withinMs: 1_500 },
  { row: 10, name: 'accepts and is silent', link: 'hang', codes: timedOut, withinMs: 3_000 },
  { row: 10, name: 'answers a byte a second', link: 'drip', codes: timedOut, withinMs: 3_000 },
  { row: 11, name: 'fails always', fault: { fault: 'status-500' }, codes: unavailable, withinMs: 2_000 },
  {
    row: 11,
    name: 'fails half of the time',
    fault: { fault: 'status-503', probability: 0.5 },
    codes: unavailable,
    // Its Retry-After of a second is waited for.
    withinMs: 4_500,
    partial: true,
  },
  { row: 12, name: 'ends replies in their middle', link: 'cut', codes: broken, withinMs: 2_000 },
  {
    row: 12,
    name: 'sends a reply that nobody asked for',
    fault: { fault: 'extra-response' },
    codes: broken,
    withinMs: 2_000,
    partial: true,
  },
  {
    row: 13,
    name: 'answers HTML',
    fault: { fault: 'html-error-page', parameters: { status: 200 } },
    codes: broken,
    withinMs: 1_500,
  },
  { row: 13, name: 'answers null', fault: { fault: 'null-body' }, codes: broken, withinMs: 1_500 },
  {
    row: 14,
    name: 'sends 64 MB',
    fault: { fault: 'oversized-body' },
    codes: [...broken, 'UPSTREAM_TIMEOUT'],
    withinMs: 4_500,
  },
  {
    row: 14,
    name: 'sends a bomb',
    // Packing it blocks the services, which live in the test's own process.
    fault: { fault: 'gzip-bomb', parameters: { decoded_bytes: 16_000_000 } },
    codes: [...broken, 'UPSTREAM_TIMEOUT'],
    withinMs: 4_500,
  },
  { row: 15, name: 'is busy', fault: { fault: 'rate-limited' }, codes: ['UPSTREAM_RATE_LIMITED'], withinMs: 1_500 },
];

/** A real process over the three real services, each behind a link that can be spoilt. */
export interface FaultWorld extends ScreenWorld {
  readonly links: Readonly<Record<ServiceName, FaultProxy>>;
}

export async function startFaultWorld(cleanup: Cleanup): Promise<FaultWorld> {
  const links = {} as Record<ServiceName, FaultProxy>;
  const world = await startScreenWorld(cleanup, 'mobile', {
    upstream,
    through: async (service, { port }) => {
      links[service] = await startFaultProxy(cleanup, port);
      return links[service].url;
    },
  });
  return { ...world, links };
}

/** The sum of a metric of the gateway over the labels of one service, and of one outcome if asked. */
export async function metricOf(
  { gateway }: ScreenWorld,
  name: string,
  service: ServiceName,
  outcome?: string,
): Promise<number> {
  const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(`service="${service}"`))
    .filter((line) => outcome === undefined || line.includes(`outcome="${outcome}"`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/**
 * Breaks one service for so long under a steady load of screens, and asserts what a client may see: every answer in time and with
 * status 200, the other services' parts whole, the broken part null with one of its codes; no more attempts than the retry budget
 * allows; a process that goes on; whole answers again within the breaker's time after the end.
 */
export async function surviveUpstreamFault(
  world: FaultWorld,
  service: ServiceName,
  fault: UpstreamFault,
  holdMs: number,
): Promise<void> {
  const whole = await world.ask(screen);
  assert.deepEqual(whole.errors, []);
  const attemptsBefore = await metricOf(world, 'facet_upstream_attempt_seconds_count', service);
  const callsBefore = await metricOf(world, 'facet_upstream_call_seconds_count', service);

  if (fault.link) await world.links[service].link(fault.link);
  if (fault.fault) await switchFaults(world.services[service], [fault.fault]);
  const startedAt = performance.now();
  try {
    const wrong: unknown[] = [];
    const answers: Promise<unknown>[] = [];
    while (performance.now() - startedAt < holdMs && wrong.length === 0) {
      answers.push(askOnce(world, service, fault, whole).catch((error: unknown) => wrong.push(error)));
      await sleep(100);
    }
    await Promise.all(answers);
    if (wrong.length > 0) throw wrong[0];
  } finally {
    await world.links[service].link('pass');
    await switchFaults(world.services[service], []);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const attempts = (await metricOf(world, 'facet_upstream_attempt_seconds_count', service)) - attemptsBefore;
  const calls = (await metricOf(world, 'facet_upstream_call_seconds_count', service)) - callsBefore;
  // Ten repetitions at most may have been saved up before.
  const allowed = 1.2 * calls + 3 * (seconds + 1) + 10;
  assert.ok(attempts <= allowed, `${attempts} attempts for ${calls} calls in ${seconds} s`);
  const endedAt = performance.now();
  await until(async () => (await world.ask(screen)).errors.length === 0, 10_000);
  assert.ok(performance.now() - endedAt < within(2_000 + 2_500), `whole again after ${performance.now() - endedAt} ms`);
  // Every route's own circuit has had its probe.
  await until(async () => (await openCircuits(world)) === 0, 10_000);
}

/**
 * Lets a service hang under many screens, then all clients leave: the attempts under way are cut short, none is left to its time-out. How
 * quickly is asserted where nothing but the way out is measured (`time-and-retries.test.ts`).
 */
export async function surviveLeavingClients(world: FaultWorld, clients: number): Promise<void> {
  const { payments } = world.links;
  const ended = (outcome: string) => metricOf(world, 'facet_upstream_attempt_seconds_count', 'payments', outcome);
  const held = () => metricOf(world, 'facet_upstream_in_flight', 'payments');
  const [cutBefore, lateBefore] = await Promise.all([ended('aborted'), ended('timeout')]);
  await payments.link('hang');
  const leaving = new AbortController();
  const asked = Array.from({ length: clients }, () =>
    world.ask(screen, {}, { signal: leaving.signal }).catch(() => 'left'),
  );
  await until(() => payments.unanswered > 0);
  leaving.abort();
  assert.deepEqual(new Set(await Promise.all(asked)), new Set(['left']));
  await until(async () => payments.unanswered === 0 && (await held()) === 0);
  assert.ok((await ended('aborted')) > cutBefore);
  assert.equal(await ended('timeout'), lateBefore);
  await payments.link('pass');
  await until(async () => (await world.ask(screen)).errors.length === 0, 10_000);
}

async function askOnce(
  world: FaultWorld,
  service: ServiceName,
  { codes, withinMs, partial }: UpstreamFault,
  whole: ScreenAnswer,
): Promise<void> {
  const startedAt = performance.now();
  const { status, headers, data, errors } = await world.ask(screen);
  const tookMs = performance.now() - startedAt;
  assert.ok(tookMs < within(withinMs), `an answer took ${tookMs} ms`);
  assert.equal(status, 200);
  for (const other of ['users', 'orders', 'payments'] as const)
    if (other !== service) assert.deepEqual(partsOf[other](data), partsOf[other](whole.data), other);
  if (!partial && service !== 'users') assert.equal(partsOf[service](data) ?? null, null);
  assert.equal(headers.get('x-facet-complete'), errors.length === 0 ? 'complete' : 'partial');
  for (const { path, extensions, message } of errors) {
    assert.ok(path && path.length > 0, message);
    assert.equal(extensions.correlationId, headers.get('x-correlation-id'));
    assert.equal(extensions.service, service, message);
    assert.ok(codes.includes(extensions.code), extensions.code);
    assert.equal(extensions.retryable, true);
  }
}

async function openCircuits({ gateway }: ScreenWorld): Promise<number> {
  const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
  return text.match(/^facet_upstream_breaker_state\{[^}]*state="open"\} 1$/gm)?.length ?? 0;
}
