// Mercurius on Fastify with its compiler on from the first use.

import Fastify from 'fastify';
import mercurius from 'mercurius';
import { contextOf } from './rest.mjs';
import { resolvers, typeDefs, userIdOf } from './schema.mjs';

const app = Fastify({ keepAliveTimeout: 60_000 });
await app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  jit: 1,
  context: (request) => contextOf(userIdOf(request.headers)),
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
