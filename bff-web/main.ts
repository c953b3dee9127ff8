import { serve } from '../src/serve.ts';
import { permissions } from './permissions.ts';
import { profile } from './profile.ts';
import { resolvers } from './resolvers/index.ts';

await serve({ profile, permissions, resolvers });
