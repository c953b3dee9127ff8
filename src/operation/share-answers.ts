import { type ExecutionResult, type GraphQLSchema, printSchema } from 'graphql';
import type { FinishedAnswer, ResponseCache } from '../cache/response-cache.ts';
import { responseKey } from '../cache/response-key.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256Hex } from '../lib/digest.ts';
import { countObjects } from './cost/count-objects.ts';
import type { ChargedOperation, Execute } from './pipeline.ts';

interface SharedAnswer extends FinishedAnswer {
  readonly body: Buffer;
  readonly result: ExecutionResult;
  /** How many objects the result holds. */
  readonly objects: number;
  /** Whose records it shows: seeing them again is an access again. */
  readonly accessed: ReadonlySet<string>;
}

const noBody = Buffer.alloc(0);

/**
 * Stage 12. Equal queries of one caller are executed once while they are under way together, and for as long as what they show may be
 * kept; their bytes are made once. Mutations go straight through.
 */
export function createAnswerSharing(answers: ResponseCache, schema: GraphQLSchema, clock: Clock) {
  const schemaHash = sha256Hex(printSchema(schema));

  return async (context: ChargedOperation, execute: Execute): Promise<ExecutionResult> => {
    const { prepared, deadline, report, journey } = context;
    if (prepared.kind !== 'query') return execute(context);
    const { maxAgeSeconds } = prepared.cachePolicy;
    const limits = { maxAgeSeconds, remainingMs: deadline.remainingMs() };
    const given = await answers.run<SharedAnswer>(keyOf(context, schemaHash), limits, async () =>
      finish(await execute(context), context),
    );
    const { answer, source } = given;
    if (answer.whole) {
      context.finishedBody = answer.body;
      context.objects = answer.objects;
    }
    if (source === 'ran') return answer.result;
    const now = clock.monotonic();
    journey.add({ kind: 'cache', name: 'answer', startedAt: now, endedAt: now, outcome: source });
    report.reuse.maxAgeSeconds = given.maxAgeSeconds;
    report.reuse.scope = answer.reuse.scope;
    for (const tag of answer.reuse.tags) report.reuse.tags.add(tag);
    for (const subject of answer.accessed) report.accessed.add(subject);
    return answer.result;
  };
}

function keyOf({ prepared, params, principal, locale, client }: ChargedOperation, schemaHash: string): string {
  return responseKey({
    schemaHash,
    documentId: prepared.documentId,
    operationName: params.operationName,
    variables: params.variables,
    principal,
    locale,
    // `appStatus` tells a build of itself, and an account's state may come with any answer.
    form: [client.name, client.version, client.support, principal.accountStatus],
  });
}

function finish(result: ExecutionResult, { report }: ChargedOperation): SharedAnswer {
  const { reuse, accessed } = report;
  const whole =
    result.data !== undefined && !result.errors?.length && report.stale.length === 0 && report.dropped.length === 0;
  const body = whole ? Buffer.from(JSON.stringify({ data: result.data })) : noBody;
  return { result, accessed, reuse, whole, body, objects: countObjects(result.data) };
}
