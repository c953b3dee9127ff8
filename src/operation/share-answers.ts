import { type ExecutionResult, type GraphQLSchema, printSchema } from 'graphql';
import type { FinishedAnswer, ResponseCache } from '../cache/response-cache.ts';
import { responseKey } from '../cache/response-key.ts';
import type { AnswerReport } from '../context/call-context.ts';
import type { Reuse } from '../context/freshness.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256Hex } from '../lib/digest.ts';
import { countObjects } from './cost/count-objects.ts';
import type { ChargedOperation, Execute } from './pipeline.ts';

/** An answer as equal requests are given it. Its bytes are made when it turns out to be kept or given again: most never are. */
class SharedAnswer implements FinishedAnswer {
  readonly result: ExecutionResult;
  readonly whole: boolean;
  readonly reuse: Readonly<Reuse>;
  /** Whose records it shows: seeing them again is an access again. */
  readonly accessed: ReadonlySet<string>;
  #body: Buffer | undefined;
  #objects: number | undefined;

  constructor(result: ExecutionResult, { stale, dropped, reuse, accessed }: AnswerReport) {
    this.result = result;
    this.whole = result.data !== undefined && !result.errors?.length && stale.length === 0 && dropped.length === 0;
    this.reuse = reuse;
    this.accessed = accessed;
  }

  get body(): Buffer {
    return (this.#body ??= this.whole ? Buffer.from(JSON.stringify({ data: this.result.data })) : noBody);
  }

  get hasBody(): boolean {
    return this.#body !== undefined;
  }

  /** How many objects the result holds. */
  get objects(): number {
    return (this.#objects ??= countObjects(this.result.data));
  }
}

const noBody = Buffer.alloc(0);

/**
 * Stage 12. Equal queries of one caller are executed once while they are under way together, and for as long as what they show may be
 * kept; the bytes that several are given are made once. Mutations go straight through.
 */
export function createAnswerSharing(answers: ResponseCache, schema: GraphQLSchema, clock: Clock) {
  const schemaHash = sha256Hex(printSchema(schema));

  return async (context: ChargedOperation, execute: Execute): Promise<ExecutionResult> => {
    const { prepared, deadline, report, journey } = context;
    if (prepared.kind !== 'query') return execute(context);
    const { maxAgeSeconds } = prepared.cachePolicy;
    const limits = { maxAgeSeconds, remainingMs: deadline.remainingMs() };
    const given = await answers.run<SharedAnswer>(keyOf(context, schemaHash), limits, () => {
      const result = execute(context);
      return result instanceof Promise
        ? result.then((settled) => new SharedAnswer(settled, report))
        : Promise.resolve(new SharedAnswer(result, report));
    });
    const { answer, source } = given;
    if (answer.whole && (answer.hasBody || source !== 'ran')) {
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
