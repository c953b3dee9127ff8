import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { GatewayError, toGatewayError } from '../../src/errors/gateway-error.ts';
import { mountApollo } from '../../src/operation/apollo.ts';
import { createExecutor } from '../../src/operation/execute.ts';
import { readClientSchemas } from '../../src/operation/contract/client-schema.ts';
import type { PlannedOperation } from '../../src/operation/pipeline.ts';
import { sha256Hex } from '../../src/lib/digest.ts';
import { createRun } from '../../src/operation/run-operation.ts';
import { addFakeResolvers, type FakeContext } from '../support/fake-resolvers.ts';
import { silentLog } from '../support/prepare.ts';
import { executable, registeredFiles } from '../support/registered-operations.ts';

type FakeOperation = PlannedOperation & FakeContext & { readonly refusal?: unknown };

/** What a request comes to, a refusal of the whole included. */
async function outcomeOf(answer: Promise<object>): Promise<unknown> {
  try {
    return JSON.parse(JSON.stringify(await answer)) as unknown;
  } catch (thrown) {
    const { code, httpStatus, headers, publicMessage } = toGatewayError(thrown);
    return { code, httpStatus, headers, publicMessage };
  }
}

for (const { client, schema } of readClientSchemas('.')) {
  addFakeResolvers(schema);
  describe(`an operation of ${client} that is executed at once`, async () => {
    const execute = createExecutor(schema, { runsBeforeCompiling: Infinity, maxCompiled: 1 });
    const pipeline = {
      admit: async (context: PlannedOperation) => {
        const { refusal } = context as FakeOperation;
        if (refusal) throw refusal;
      },
      execute: async (context: PlannedOperation): Promise<ExecutionResult> =>
        execute(context.prepared, context.params.variables, context),
    };
    const byDocument = new Map<string, PlannedOperation['prepared']>();
    const apollo = await mountApollo({
      schema,
      logger: silentLog,
      documentOf: (digest) => byDocument.get(digest)?.document,
      ...pipeline,
    });
    after(() => apollo.stop());
    const run = createRun({ pipeline, throughApollo: apollo.run, settle: (_context, answer) => answer });

    /** First through Apollo, as an unregistered document is; the second time at once. */
    async function bothWays(
      text: string,
      variables: Record<string, unknown> | undefined,
      rest: Partial<FakeOperation>,
    ) {
      const prepared = executable(text, false);
      byDocument.set(sha256Hex(text), prepared);
      const operationName = prepared.operation.name?.value;
      const context = {
        prepared,
        params: { query: text, operationName, variables, documentId: undefined, extensions: undefined, method: 'POST' },
        seed: 1,
        failing: 0,
        timing: 'now',
        ...rest,
      } as FakeOperation;
      const first = await outcomeOf(run(context));
      const second = await outcomeOf(run(context));
      assert.deepEqual(second, first, `${text} ${JSON.stringify(variables)}`);
      return second as { data?: unknown; errors?: GraphQLFormattedError[]; refusal?: string; code?: string };
    }

    test('answers as it does through Apollo, whatever fails', async () => {
      for (const { text, variables } of registeredFiles(client)) {
        const whole = await bothWays(text, variables, {});
        assert.ok(whole.data, text);
        for (const timing of ['now', 'later'] as const)
          for (let seed = 0; seed < 5; seed++) await bothWays(text, variables, { seed, failing: 0.2, timing });
      }
    });

    test('refuses variables that do not fit in the same words', async () => {
      const query =
        client === 'web' ? 'query Q($id: ID!) { order(id: $id) { id } }' : 'query Q($id: ID!) { node(id: $id) { id } }';
      for (const variables of [undefined, {}, { id: null }, { id: { no: 'id' } }, { id: [1, 2] }, { id: 1.5 }]) {
        const { refusal, errors, data } = await bothWays(query, variables, {});
        assert.equal(data, undefined);
        assert.equal(refusal, 'BAD_USER_INPUT');
        assert.ok(errors?.[0]?.locations);
      }
      await bothWays(query, { id: 'x', besides: 1 }, {});
    });

    test('is refused as it is through Apollo, with status and headers', async () => {
      for (const refusal of [
        new GatewayError('RATE_LIMITED', { retryAfterMs: 1_000, headers: { 'retry-after': '1' } }),
        new GatewayError('FORBIDDEN'),
        new Error('a bug'),
      ]) {
        const outcome = await bothWays('{ __typename }', undefined, { refusal });
        assert.equal(outcome.code, refusal instanceof GatewayError ? refusal.code : 'INTERNAL_SERVER_ERROR');
      }
    });
  });
}
