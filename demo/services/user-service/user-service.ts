import { startService, type RunningService } from '../kit/service.ts';
import type { ServiceOptions } from '../kit/service-options.ts';
import { addressRoutes } from './address-routes.ts';
import { lifecycleRoutes } from './lifecycle-routes.ts';
import { profileRoutes } from './profile-routes.ts';
import { searchRoutes } from './search-routes.ts';
import { createUserStore } from './user-store.ts';
import { seedUsers, userTables } from './user-tables.ts';

/** People, their addresses, preferences and push tokens: schema/upstreams/user-service.openapi.yaml. */
export function startUserService(options: ServiceOptions): Promise<RunningService> {
  return startService(
    {
      name: 'user-service',
      dataVersion: 2,
      tables: userTables,
      seed: seedUsers,
      build(base) {
        const users = createUserStore(base);
        return {
          routes: [...searchRoutes(users), ...profileRoutes(users), ...lifecycleRoutes(users), ...addressRoutes(users)],
          toPreviousContract: withoutNewFields,
        };
      },
    },
    options,
  );
}

/** Before 1.2, a user had no `last_login_at`. */
function withoutNewFields(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (name, value) => (name === 'last_login_at' ? undefined : value));
}
