import { readObject } from '../kit/body-reader.ts';
import { etagOf } from '../kit/conditional.ts';
import { Problem } from '../kit/problem.ts';
import type { Route } from '../kit/router.ts';
import type { UserStore } from './user-store.ts';

interface Transition {
  verb: 'suspend' | 'unsuspend' | 'unlock';
  from: readonly string[];
  to: string;
}

const transitions: readonly Transition[] = [
  { verb: 'suspend', from: ['active', 'locked'], to: 'suspended' },
  { verb: 'unsuspend', from: ['suspended'], to: 'active' },
  { verb: 'unlock', from: ['locked'], to: 'active' },
];

/** Verbs that move a person between states; any state but those in `from` answers 409. */
export function lifecycleRoutes(users: UserStore): Route[] {
  return transitions.map(({ verb, from, to }) => ({
    operation: `${verb}User`,
    method: 'POST',
    path: `/v1/users/{id}/${verb}`,
    roles: ['support', 'admin'],
    idempotency: 'required',
    handle(request) {
      const user = users.get(request.params['id']!);
      const body = readObject(request.body ?? {}, verb === 'suspend' ? ['reason', 'note'] : ['note']);
      const reason = body.oneOf('reason', ['fraud', 'abuse', 'payment_dispute', 'other']);
      if (verb === 'suspend' && !body.has('reason')) body.refuse('reason', 'required', 'Required.');
      const note = body.text('note', { max: 500 });
      body.finish();
      if (!from.includes(user.status)) {
        throw new Problem(409, 'wrong_state', `Only from ${from.join(' or ')}; the account is ${user.status}.`);
      }
      const saved = users.save({ ...user, status: to });
      users.database
        .sql('INSERT INTO lifecycle_log VALUES (?, ?, ?, ?, ?, ?)')
        .run(user.id, saved.updated_at, verb, request.caller.userId ?? null, reason ?? null, note ?? null);
      return { status: 200, headers: { ETag: etagOf(saved.version), 'Cache-Control': 'no-store' }, body: saved };
    },
  }));
}
