// Apollo Server as teams write it: standalone, RESTDataSource, DataLoader, default plugins, and its response cache where answers may be kept.

import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl';
import { startStandaloneServer } from '@apollo/server/standalone';
import responseCache from '@apollo/server-plugin-response-cache';
import { contextOf } from './rest.mjs';
import { resolvers, typeDefs, userIdOf } from './schema.mjs';

class Services extends RESTDataSource {
  baseURL = process.env.SERVICES_URL;

  constructor(options) {
    super(options);
    this.userId = options.userId;
  }

  willSendRequest(_path, request) {
    request.headers['x-user-id'] = this.userId;
  }

  // Each caller's replies are their own.
  cacheKeyFor(url) {
    return `${this.userId} ${url}`;
  }

  load(path) {
    return this.get(path);
  }
}

const directive = `
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(maxAge: Int, scope: CacheControlScope) on FIELD_DEFINITION
`;
const kept = process.env.CACHED === '1' && {
  typeDefs: directive + typeDefs.replace('viewer: User', 'viewer: User @cacheControl(scope: PRIVATE)'),
  plugins: [
    ApolloServerPluginCacheControl({ defaultMaxAge: 60 }),
    responseCache({ sessionId: async ({ request }) => request.http.headers.get('benchuser') ?? null }),
  ],
};
const server = new ApolloServer({ typeDefs, resolvers, introspection: false, ...kept });
await startStandaloneServer(server, {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async ({ req }) => {
    const userId = userIdOf(req.headers);
    const services = new Services({ userId, cache: server.cache });
    return contextOf(userId, (path) => services.load(path.replace(/^\//, '')));
  },
});
