import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { Channel, Refused } from '../../../src/serve/channel.ts';

type Answers = { double(value: number): number | Promise<number>; note(value: string): void };

/** Two ends of a pipe: what one sends arrives at the other, as text in between. */
function pipe(): [EventEmitter & { send: EventEmitter['emit'] }, EventEmitter & { send: EventEmitter['emit'] }] {
  const ends = [new EventEmitter(), new EventEmitter()] as const;
  const joined = ends.map((end, index) =>
    Object.assign(end, {
      send: (message: unknown) => {
        const copy: unknown = JSON.parse(JSON.stringify(message));
        setImmediate(() => ends[1 - index]?.emit('message', copy));
        return true;
      },
    }),
  );
  return joined as unknown as ReturnType<typeof pipe>;
}

function join(answers: Partial<Answers>): Channel<Answers, Record<string, never>> {
  const [here, there] = pipe();
  void new Channel<Record<string, never>, Answers>(there as never, answers);
  return new Channel<Answers, Record<string, never>>(here as never, {});
}

test('each question gets its own answer, whatever their order', async () => {
  const slow = Promise.withResolvers<number>();
  const channel = join({ double: (value) => (value === 1 ? slow.promise : 2 * value) });
  const [first, second] = [channel.ask('double', 1, 1_000), channel.ask('double', 2, 1_000)];
  assert.equal(await second, 4);
  slow.resolve(2);
  assert.equal(await first, 2);
});

test('a failure on the other side is a refusal with its words, and silence is not', async () => {
  const failing = join({
    double: () => {
      throw new Error('odd');
    },
  });
  await assert.rejects(failing.ask('double', 1, 1_000), (error) => error instanceof Refused && error.message === 'odd');
  const silent = join({ double: () => new Promise<number>(() => undefined) });
  await assert.rejects(silent.ask('double', 1, 20), (error) => !(error instanceof Refused));
});

test('nobody waits for a process that is gone', async () => {
  const channel = join({ double: () => new Promise<number>(() => undefined) });
  const asked = channel.ask('double', 1, 60_000);
  channel.close();
  await assert.rejects(asked, /gone/);
});

test('what is told arrives, and messages of others are left alone', async () => {
  const noted = Promise.withResolvers<string>();
  const [here, there] = pipe();
  void new Channel<Record<string, never>, Answers>(there as never, { note: (value) => noted.resolve(value) });
  there.emit('message', null);
  there.emit('message', { cmd: 'NODE_CLUSTER' });
  new Channel<Answers, Record<string, never>>(here as never, {}).tell('note', 'hello');
  assert.equal(await noted.promise, 'hello');
});
