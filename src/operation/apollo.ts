import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import type { Planned } from '../context/request-context.ts';
import { toGraphQLEntry } from '../errors/to-graphql.ts';
import type { Logger } from '../telemetry/logger.ts';
import { KeptResult } from './kept-result.ts';
import type { PreparedOperation } from './prepared.ts';

type OperationContext = Planned<PreparedOperation>;

/** Apollo clones the context value that it is given, one level deep: in a wrapper the one object of the request stays one. */
interface Carrier {
  readonly request: OperationContext;
}

export interface ApolloMount {
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** A prepared document by the SHA-256 of its text: Apollo neither parses nor validates again. */
  readonly documentOf: (digest: string) => DocumentNode | undefined;
  /** Stages 10 and 11, before anything is fetched. */
  readonly admit: (context: OperationContext) => void | Promise<void>;
  /** Stage 13. */
  readonly execute: (context: OperationContext) => ExecutionResult | Promise<ExecutionResult>;
}

/**
 * Apollo Server mounted over our plain functions: our executor is its gateway, our prepared store its document store, one plugin
 * calls charge and authorize, and our error mapping is its `formatError`. It knows nothing of HTTP here: decode and respond do.
 */
export async function mountApollo({ schema, logger, documentOf, admit, execute }: ApolloMount) {
  // Apollo turns what a plugin throws into an entry of `errors`; a refusal has a status and headers too, so it is kept beside.
  const refusals = new WeakMap<OperationContext, unknown>();
  const admission: ApolloServerPlugin<Carrier> = {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue: { request } }) {
          try {
            await admit(request);
          } catch (refusal) {
            refusals.set(request, refusal);
            throw refusal;
          }
        },
      };
    },
  };
  const server = new ApolloServer<Carrier>({
    gateway: {
      load: async () => ({
        // Apollo types its gateway's context loosely.
        executor: async ({ context }) => {
          const result = await execute((context as Carrier).request);
          // Apollo copies a result by its own fields, and a kept one has none.
          return result instanceof KeptResult ? { data: result.data } : result;
        },
      }),
      onSchemaLoadOrUpdate: (announce) => {
        announce({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => {};
      },
      stop: async () => {},
    },
    documentStore: {
      // Keys end in the document's digest; what stands before it names Apollo's schema instance.
      get: async (key) => documentOf(key.slice(-64)),
      set: async () => {},
      delete: async () => false,
    },
    plugins: [ApolloServerPluginCacheControlDisabled(), admission],
    formatError: (_formatted, error) => toGraphQLEntry(error),
    persistedQueries: false,
    introspection: true, // decided by our own validation rule when the document is prepared
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger,
  });
  await server.start();
  return {
    async run(context: OperationContext): Promise<Pick<ExecutionResult, 'data'> & { errors?: readonly object[] }> {
      const { prepared, params } = context;
      const { body } = await server.executeOperation(
        {
          query: prepared.source,
          ...(params.operationName !== undefined && { operationName: params.operationName }),
          ...(params.variables && { variables: params.variables as Record<string, unknown> }),
        },
        { contextValue: { request: context } },
      );
      if (refusals.has(context)) throw refusals.get(context);
      // `@defer` is not in our schema, so there is always one result.
      if (body.kind !== 'single') throw new Error('Apollo answered in parts');
      return body.singleResult;
    },
    stop: () => server.stop(),
  };
}
