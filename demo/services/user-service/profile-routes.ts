import { readObject } from '../kit/body-reader.ts';
import { checkIfMatch, conditionalReply, etagOf } from '../kit/conditional.ts';
import { notFound } from '../kit/problem.ts';
import { readEmbeds, readQuery } from '../kit/query-reader.ts';
import type { Route } from '../kit/router.ts';
import { readUserPatch } from './user-patch.ts';
import type { UserStore } from './user-store.ts';

const cacheControl = 'private, max-age=30';
const pushTokenPattern = /^[A-Za-z0-9:._-]{8,512}$/;

/** One person: read, change, preferences, push tokens. */
export function profileRoutes(users: UserStore): Route[] {
  return [
    {
      operation: 'getUser',
      method: 'GET',
      path: '/v1/users/{id}',
      query: ['include'],
      handle(request) {
        const reader = readQuery(request.query);
        const include = readEmbeds(reader, 'include', ['addresses']);
        reader.finish();
        const user = users.get(request.params['id']!);
        return conditionalReply(request, user.version, cacheControl, users.show(user, include.has('addresses')));
      },
    },
    {
      operation: 'updateUser',
      method: 'PATCH',
      path: '/v1/users/{id}',
      handle(request) {
        const user = users.get(request.params['id']!);
        checkIfMatch(request, user.version, { required: false });
        const saved = users.save(readUserPatch(request.body, user, users.addressesOf(user)));
        return { status: 200, headers: { ETag: etagOf(saved.version), 'Cache-Control': 'no-store' }, body: saved };
      },
    },
    {
      operation: 'getPreferences',
      method: 'GET',
      path: '/v1/users/{id}/preferences',
      handle(request) {
        const user = users.get(request.params['id']!);
        const row = users.database.sql('SELECT * FROM preferences WHERE user_id = ?').get(user.id)!;
        return {
          status: 200,
          headers: { 'Cache-Control': cacheControl },
          body: {
            user_id: user.id,
            locale: user.locale,
            time_zone: user.time_zone,
            marketing_consent: { email: row['email'] === 1, sms: row['sms'] === 1, push: row['push'] === 1 },
            updated_at: row['updated_at'],
          },
        };
      },
    },
    {
      operation: 'putPushToken',
      method: 'PUT',
      path: '/v1/users/{id}/push-tokens/{token}',
      handle(request) {
        const user = users.get(request.params['id']!);
        const token = request.params['token']!;
        if (!pushTokenPattern.test(token)) throw notFound('push token');
        const body = readObject(request.body, ['platform']);
        const platform = body.oneOf('platform', ['apns', 'fcm']);
        if (!body.has('platform')) body.refuse('platform', 'required', 'Required.');
        body.finish();
        users.database
          .sql(
            `INSERT INTO push_tokens VALUES (?, ?, ?)
                ON CONFLICT (token) DO UPDATE SET user_id = excluded.user_id, platform = excluded.platform`,
          )
          .run(token, user.id, platform!);
        return { status: 204 };
      },
    },
  ];
}
