import { serve } from '../src/serve.ts';
import { permissions } from './permissions.ts';
import { profile } from './profile.ts';
import { resolvers } from './resolvers/index.ts';
import { uses } from './upstream-uses.ts';

await serve({ profile, permissions, resolvers, uses });
