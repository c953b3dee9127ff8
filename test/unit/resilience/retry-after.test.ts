import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfterMs } from '../../../src/resilience/retry-after.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

const headers: readonly [name: string, headers: Record<string, string | string[]>, ms: number | undefined][] = [
  ['seconds', { 'retry-after': '3' }, 3_000],
  ['a date', { 'retry-after': 'Sat, 21 Nov 2026 12:00:05 GMT' }, 5_000],
  ['a date that has passed', { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
  ['nonsense', { 'retry-after': 'soon' }, undefined],
  ['a negative number', { 'retry-after': '-3' }, undefined],
  ['an absurd wait, cut to an hour', { 'retry-after': '999999999' }, 3_600_000],
  ['the draft RateLimit header', { ratelimit: '"default";r=0;t=7' }, 7_000],
  ['the older reset header', { 'ratelimit-reset': '9' }, 9_000],
  ['a repeated header, which says nothing', { 'retry-after': ['1', '2'] }, undefined],
  ['no header', {}, undefined],
];

for (const [name, given, ms] of headers)
  test(`${name} gives ${ms}`, () => {
    const found = retryAfterMs(given, now);
    // Date.parse takes "-3" for a year; whatever comes of it, it is no wait.
    if (ms === undefined) assert.ok(found === undefined || found === 0);
    else assert.equal(found, ms);
  });
