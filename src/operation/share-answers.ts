import { type ExecutionResult, type GraphQLSchema, printSchema } from 'graphql';
import type { FinishedAnswer, ResponseCache } from '../cache/response-cache.ts';
import { responseKey } from '../cache/response-key.ts';
import type { AnswerReport } from '../context/call-context.ts';
import type { Reuse } from '../context/freshness.ts';
import type { Clock } from '../lib/clock.ts';
import { sha256Hex } from '../lib/digest.ts';
import { countObjects } from './cost/count-objects.ts';
import { KeptResult } from './kept-result.ts';
import type { ChargedOperation, Execute } from './pipeline.ts';

/**
 * An answer as equal requests are given it. Its bytes are made when it turns out to be kept or given again, which most never are, and
 * are all that is left of it then: its objects take ten times as much.
 */
class SharedAnswer implements FinishedAnswer {
  readonly whole: boolean;
  readonly reuse: Readonly<Reuse>;
  /** Whose records it shows: seeing them again is an access again. */
  readonly accessed: ReadonlySet<string>;
  #result: ExecutionResult | undefined;
  #body: Buffer | undefined;
  #objects = 0;

  constructor(result: ExecutionResult, { stale, dropped, reuse, accessed }: AnswerReport) {
    this.#result = result;
    this.whole = result.data !== undefined && !result.errors?.length && stale.length === 0 && dropped.length === 0;
    this.reuse = reuse;
    this.accessed = accessed;
  }

  get body(): Buffer {
    return (this.#body ??= this.#finish());
  }

  get hasBody(): boolean {
    return this.#body !== undefined;
  }

  /** How many objects the body holds. */
  get objects(): number {
    return this.#objects;
  }

  #finish(): Buffer {
    const data = this.#result?.data;
    this.#result = undefined;
    this.#objects = countObjects(data);
    return this.whole ? Buffer.from(JSON.stringify({ data })) : noBody;
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
    const limits = { maxAgeSeconds: prepared.cachePolicy.gatewaySeconds, remainingMs: deadline.remainingMs() };
    let own: ExecutionResult | undefined;
    const shared = (result: ExecutionResult): SharedAnswer => new SharedAnswer((own = result), report);
    const given = await answers.run<SharedAnswer>(keyOf(context, schemaHash), limits, () => {
      const result = execute(context);
      return result instanceof Promise ? result.then(shared) : Promise.resolve(shared(result));
    });
    const { answer, source } = given;
    if (answer.whole && (answer.hasBody || source !== 'ran')) {
      context.finishedBody = answer.body;
      context.objects = answer.objects;
    }
    if (own) return own;
    const now = clock.monotonic();
    journey.add({ kind: 'cache', name: 'answer', startedAt: now, endedAt: now, outcome: source });
    report.reuse.maxAgeSeconds = given.maxAgeSeconds;
    report.reuse.scope = answer.reuse.scope;
    for (const tag of answer.reuse.tags) report.reuse.tags.add(tag);
    for (const subject of answer.accessed) report.accessed.add(subject);
    return new KeptResult(answer.body);
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
