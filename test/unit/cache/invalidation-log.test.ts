import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidationLog } from '../../../src/cache/invalidation-log.ts';

test('what was asked for before an invalidation of one of its tags is old, what was asked for after is not', () => {
  const log = new InvalidationLog();
  const before = log.mark;
  log.note(['user:1']);
  const after = log.mark;
  assert.equal(log.isOld(before, ['order:1', 'user:1']), true);
  assert.equal(log.isOld(after, ['user:1']), false);
  assert.equal(log.isOld(before, ['user:2']), false);
  assert.equal(log.isOld(before, []), false);
});

test('noting everything makes all older replies old, those without tags too', () => {
  const log = new InvalidationLog();
  const before = log.mark;
  log.noteAll();
  assert.equal(log.isOld(before, []), true);
  assert.equal(log.isOld(log.mark, []), false);
});

test('a tag that is forgotten for want of room takes everything of its age along', () => {
  const log = new InvalidationLog(2);
  const first = log.mark;
  log.note(['a']);
  const second = log.mark;
  log.note(['b']);
  log.note(['c']);
  assert.equal(log.isOld(first, ['a']), true);
  assert.equal(log.isOld(first, ['unrelated']), true);
  assert.equal(log.isOld(second, ['unrelated']), false);
  assert.equal(log.isOld(second, ['b']), true);
});

test('a tag noted again stays remembered longest', () => {
  const log = new InvalidationLog(2);
  log.note(['a']);
  log.note(['b']);
  const mark = log.mark;
  log.note(['a']);
  log.note(['c']);
  assert.equal(log.isOld(mark, ['a']), true);
  assert.equal(log.isOld(mark, ['b']), false);
});
