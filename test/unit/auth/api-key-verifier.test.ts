import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintApiKey } from '../../../src/auth/api-key.ts';
import type { ApiKeyRecord } from '../../../src/auth/api-key-record.ts';
import { ApiKeyVerifier } from '../../../src/auth/api-key-verifier.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** A store whose look-ups end when the test says so. */
function heldStore() {
  const waiting: ((record: ApiKeyRecord | undefined) => void)[] = [];
  let tell: (id: string) => void = () => {};
  return {
    available: true,
    find: () => new Promise<ApiKeyRecord | undefined>((resolve) => waiting.push(resolve)),
    onChange: (listener: (id: string) => void) => {
      tell = listener;
      return () => {};
    },
    waiting,
    tell: (id: string) => tell(id),
  };
}

function open() {
  const store = heldStore();
  const clock = new ManualClock();
  const verifier = new ApiKeyVerifier({ store, configured: [], cacheMs: 1_000, outageMs: 1_000, maxCached: 10, clock });
  const { id, text, hash } = mintApiKey();
  const times = { createdAt: 1, expiresAt: clock.now() + 60_000, revokedAt: undefined };
  const record: ApiKeyRecord = {
    id,
    hash,
    consumer: 'x',
    role: 'service',
    tier: 'pro',
    scopes: [],
    bffs: [],
    ...times,
  };
  return { store, verifier, id, text, record };
}

test('a look-up that was under way while its key changed is not remembered', async () => {
  const { store, verifier, id, text, record } = open();
  const answer = verifier.verify(text, 'one');
  store.tell(id);
  store.waiting[0]?.(record);
  await answer;
  assert.equal(verifier.recall(text, 'one'), undefined);
});

test('many requests with one new key share one look-up', async () => {
  const { store, verifier, text, record } = open();
  const answers = Array.from({ length: 50 }, () => verifier.verify(text, 'one'));
  assert.equal(store.waiting.length, 1);
  store.waiting[0]?.(record);
  const [first, ...others] = await Promise.all(answers);
  assert.ok(others.every((principal) => principal === first));
  assert.equal(verifier.recall(text, 'one'), first);
});
