// Apollo Server as far as it can be tuned: on Fastify, compiled operations, plain undici loaders, its cache control off.

import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { makeExecutableSchema } from '@graphql-tools/schema';
import Fastify from 'fastify';
import { compileQuery } from 'graphql-jit';
import { contextOf } from './rest.mjs';
import { resolvers, typeDefs, userIdOf } from './schema.mjs';

const schema = makeExecutableSchema({ typeDefs, resolvers });
const compiled = new Map();

/** The place where Apollo lets somebody else execute is that of a gateway. */
const gateway = {
  onSchemaLoadOrUpdate(tell) {
    tell({ apiSchema: schema, coreSupergraphSdl: '' });
    return () => {};
  },
  load: async () => ({ executor: execute }),
  stop: async () => {},
};

async function execute({ queryHash, document, operationName, context, request }) {
  const key = `${queryHash} ${operationName}`;
  let operation = compiled.get(key);
  if (!operation) compiled.set(key, (operation = compileQuery(schema, document, operationName ?? undefined)));
  return operation.query({}, context, request.variables ?? {});
}

const app = Fastify({ keepAliveTimeout: 60_000 });
const server = new ApolloServer({
  gateway,
  introspection: false,
  plugins: [ApolloServerPluginCacheControlDisabled(), fastifyApolloDrainPlugin(app)],
});
await server.start();
app.post('/graphql', fastifyApolloHandler(server, { context: async ({ headers }) => contextOf(userIdOf(headers)) }));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
