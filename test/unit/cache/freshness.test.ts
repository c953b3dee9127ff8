import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCacheControl } from '../../../src/cache/cache-control.ts';
import { type CachePolicy, lifetimeOf } from '../../../src/cache/freshness.ts';
import { within } from '../../support/within.ts';

const policy: CachePolicy = {
  freshMs: 30_000,
  staleWhileRevalidateMs: 60_000,
  staleIfErrorMs: 300_000,
  missingMs: 5_000,
};
const now = Date.parse('2026-11-21T12:00:00Z');

const lifetime = (headers: Record<string, string>, scope: 'caller' | 'public' = 'caller', missing = false) =>
  lifetimeOf(policy, { headers, scope, missing }, now);

const cc = (value: string, scope: 'caller' | 'public' = 'caller') => lifetime({ 'cache-control': value }, scope);

test('a silent service leaves the policy as it stands', () => {
  assert.deepEqual(lifetime({}), {
    freshMs: 30_000,
    revalidateMs: 90_000,
    errorMs: 330_000,
    keepMs: 330_000,
    ageMs: 0,
  });
});

test('a service shortens freshness and never lengthens it', () => {
  assert.equal(cc('private, max-age=5')?.freshMs, 5_000);
  assert.equal(cc('private, max-age=3600')?.freshMs, 30_000);
  assert.equal(cc('max-age=0')?.freshMs, 0);
  assert.equal(cc('max-age="7"')?.freshMs, 7_000);
});

test('time spent in other caches counts (RFC 9111 §4.2.3)', () => {
  const found = lifetime({ 'cache-control': 'max-age=20', age: '15' });
  assert.equal(found?.freshMs, 5_000);
  assert.equal(found?.ageMs, 15_000);
  assert.equal(lifetime({ 'cache-control': 'max-age=20', age: '25' })?.freshMs, 0);
});

test('no-store is never overridden, however it is spelled', () => {
  for (const value of ['no-store', 'NO-STORE', 'max-age=60, no-store', 'no-store=1', 'no-store="x"', ',,no-store,,'])
    assert.equal(cc(value), undefined, value);
});

test('private replies are kept for their caller and never for everyone, however the word is spelled', () => {
  for (const value of [
    'private',
    'Private',
    'private=""',
    'private=" authorization"',
    'private = "x"',
    'max-age=60,private',
  ])
    assert.equal(cc(value, 'public'), undefined, value);
  assert.equal(cc('private, max-age=30')?.freshMs, 30_000);
});

test('a header that is not well formed may have said no-store', () => {
  for (const value of ['max-age=60 "', 'private="x', '=', 'max-age=60; private', '"no-store"', 'a b'])
    assert.equal(cc(value), undefined, value);
});

test('invalid or contradicting times make a reply stale (RFC 9111 §4.2.1)', () => {
  for (const value of ['max-age=-1', 'max-age=abc', 'max-age', 'max-age=1.5', 'max-age=1e3', 'max-age=30, max-age=10'])
    assert.equal(cc(value)?.freshMs, 0, value);
  assert.equal(cc('max-age=10, max-age=10')?.freshMs, 10_000);
  assert.equal(cc('max-age=99999999999999999999')?.freshMs, 30_000);
});

test('s-maxage is for what everyone shares', () => {
  assert.equal(cc('max-age=20, s-maxage=2', 'public')?.freshMs, 2_000);
  assert.equal(cc('max-age=20, s-maxage=2', 'caller')?.freshMs, 20_000);
});

test('Expires counts where max-age is absent', () => {
  const date = new Date(now).toUTCString();
  const soon = new Date(now + 10_000).toUTCString();
  assert.equal(lifetime({ expires: soon, date })?.freshMs, 10_000);
  assert.equal(lifetime({ expires: soon })?.freshMs, 10_000);
  assert.equal(lifetime({ expires: '0' })?.freshMs, 0);
  assert.equal(lifetime({ expires: soon, date, 'cache-control': 'max-age=3' })?.freshMs, 3_000);
});

test('no-cache and must-revalidate forbid stale use; an ETag is still kept to ask with', () => {
  assert.equal(cc('no-cache'), undefined);
  const asked = lifetime({ 'cache-control': 'no-cache', etag: '"1"' });
  assert.deepEqual(asked, { freshMs: 0, revalidateMs: 0, errorMs: 0, keepMs: 60_000, ageMs: 0 });
  const strict = cc('max-age=10, must-revalidate');
  assert.deepEqual(strict, { freshMs: 10_000, revalidateMs: 10_000, errorMs: 10_000, keepMs: 10_000, ageMs: 0 });
  assert.equal(cc('max-age=10, proxy-revalidate', 'public')?.errorMs, 10_000);
  assert.equal(cc('max-age=10, proxy-revalidate', 'caller')?.errorMs, 310_000);
});

test("a service's own stale times bound the policy's (RFC 5861)", () => {
  const found = cc('max-age=10, stale-while-revalidate=5, stale-if-error=7');
  assert.equal(found?.revalidateMs, 15_000);
  assert.equal(found?.errorMs, 17_000);
  assert.equal(cc('max-age=10, stale-if-error=9999')?.errorMs, 310_000);
});

test('that there is no such thing is remembered for a shorter time and never shown stale', () => {
  const found = lifetime({ 'cache-control': 'private, max-age=30' }, 'caller', true);
  assert.deepEqual(found, { freshMs: 5_000, revalidateMs: 5_000, errorMs: 5_000, keepMs: 5_000, ageMs: 0 });
  assert.equal(lifetime({ 'cache-control': 'no-store' }, 'caller', true), undefined);
  assert.equal(
    lifetimeOf({ ...policy, missingMs: 0 }, { headers: {}, scope: 'caller', missing: true }, now),
    undefined,
  );
});

test('a reply that varies by what the key does not carry is not kept', () => {
  assert.equal(lifetime({ vary: '*' }), undefined);
  assert.equal(lifetime({ vary: 'accept-language' }), undefined);
  assert.equal(lifetime({ vary: 'Authorization' }, 'public'), undefined);
  assert.notEqual(lifetime({ vary: 'Accept-Encoding, X-User-ID,' }), undefined);
});

test('a hostile header costs linear time', () => {
  const began = performance.now();
  for (const part of ['a=', ',', ' ', 'a="\\', 'a ']) parseCacheControl(part.repeat(30_000));
  assert.ok(performance.now() - began < within(1_000));
});
