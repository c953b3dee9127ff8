import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilHung } from '../../../src/serve/until-hung.ts';

const patience = { everyMs: 1, silentMs: 30, againMs: 5 };

/** Answers as the list says, then not at all; counts how often it was asked. */
function pinged(...answers: boolean[]) {
  const asked: number[] = [];
  const ping = (timeoutMs: number): Promise<void> => {
    asked.push(timeoutMs);
    return answers.shift() ? Promise.resolve() : Promise.reject(new Error('no answer'));
  };
  return { ping, asked };
}

test('one that says nothing any more hangs, after it was asked once more', async () => {
  const { ping, asked } = pinged(true, true);
  assert.equal(await untilHung(ping, new AbortController().signal, patience), true);
  assert.deepEqual(asked, [30, 30, 30, 5]);
});

test('one that answers at the second time does not', async () => {
  const { ping, asked } = pinged(false, true, false, true, true);
  assert.equal(await untilHung(ping, new AbortController().signal, patience), true);
  assert.deepEqual(asked, [30, 5, 30, 5, 30, 30, 5]);
});

test('one that is gone never did', async () => {
  const gone = new AbortController();
  const ping = (): Promise<void> => {
    gone.abort();
    return Promise.reject(new Error('gone'));
  };
  assert.equal(await untilHung(ping, gone.signal, patience), false);
  assert.equal(await untilHung(() => Promise.resolve(), gone.signal, patience), false);
});
