import type { ExecutionResult } from 'graphql';
import { toGraphQLEntry } from '../errors/to-graphql.ts';
import { KeptResult } from './kept-result.ts';
import { type Answer, type OperationPipeline, type PlannedOperation, toAnswer } from './pipeline.ts';
import type { PreparedOperation } from './prepared.ts';

export interface RunOptions {
  readonly pipeline: Pick<OperationPipeline, 'admit' | 'execute'>;
  /** Apollo Server over the same functions: `mountApollo`. */
  readonly throughApollo: (context: PlannedOperation) => Promise<Parameters<typeof toAnswer>[0]>;
  /** Charge's other half, once the answer is known. */
  readonly settle: (context: PlannedOperation, answer: Answer) => Answer;
}

/**
 * Runs a prepared operation: stages 10 to 13. Apollo Server runs what it sees for the first time. Nothing of its per-request path
 * (hooks, header maps, its own look-ups) has anything left to decide about an operation that is registered or was seen before, so such
 * a one is admitted and executed at once. Tests hold both ways to the same answers (`test/conformance/executors.test.ts`).
 */
export function createRun({ pipeline, throughApollo, settle }: RunOptions) {
  const seen = new WeakSet<PreparedOperation>();

  async function direct(context: PlannedOperation): Promise<Answer> {
    await pipeline.admit(context);
    const result = await pipeline.execute(context as Parameters<OperationPipeline['execute']>[0]);
    return settle(context, result instanceof KeptResult ? result.toAnswer() : toAnswer(shown(result)));
  }

  return function run(context: PlannedOperation): Promise<Answer> {
    const { prepared } = context;
    if (prepared.registered || seen.has(prepared)) return direct(context);
    seen.add(prepared);
    return throughApollo(context).then((result) => settle(context, toAnswer(result)));
  };
}

/** A result with its errors in the shape that clients see. */
function shown({ data, errors }: ExecutionResult): Parameters<typeof toAnswer>[0] {
  return errors ? { data, errors: errors.map(toGraphQLEntry) } : { data };
}
