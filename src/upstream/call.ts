import type { CallContext } from '../context/call-context.ts';
import type { Instance } from './instances.ts';

/** `read` may be cached, shared, mirrored and repeated; `write` may be repeated only with an idempotency key. */
export type RouteKind = 'read' | 'write';

/**
 * One endpoint of a service as the gateway uses it: everything about it that does not depend on a request. Declared once in
 * `services/`, joined with its policy from `gateway.yaml` at start-up.
 */
export interface Route<Input = unknown, Output = unknown> {
  /** Public service name: `users`, `orders`, `payments`. */
  readonly service: string;
  /** The contract's operationId; policies, metrics and logs name the route by it. */
  readonly name: string;
  readonly kind: RouteKind;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `caller`: the reply may depend on who asks, so cache and flight keys carry the caller. `public`: declared equal for all. */
  readonly scope: 'caller' | 'public';
  /** Input to path, query and body. `path` starts with `/` and is fully encoded. */
  readonly request: (input: Input) => UpstreamRequest;
  /**
   * A body that passed the contract, as the gateway's own records. Runs inside the decode layer: what it throws counts as a broken
   * body. `drop` is told how many of the rows asked for are not there, those included that were broken and are left out already.
   */
  readonly map: (body: unknown, input: Input, drop: (count: number) => void) => Output;
  /** Name of the contract's schema for the success body, in `src/generated`; absent where the success has no body. */
  readonly contract?: string;
  /** Where the body is a page or a batch: the field with the rows and a row's schema. A broken row is dropped, not the page. */
  readonly rows?: { readonly field: string; readonly schema: string };
  /**
   * Status codes that are an answer and not a failure beside 2xx, with what they mean (404 → null). Any other 4xx is thrown as
   * an `UpstreamProblem`, which carries the service's own problem document for whoever can tell the caller what it means.
   */
  readonly accepts?: Readonly<Record<number, (body: unknown) => Output>>;
  /** Present on a batched route: how the cache and single flight take it apart and put it together again. */
  readonly batch?: BatchShape<Input, Output>;
  /** Present where one answer may take several pages; they are asked for one after another and joined. */
  readonly follow?: PageFollowing<Input, Output>;
  /** Tags of a cached reply, for invalidation: `user:usr_1`. */
  readonly tags?: (output: Output, input: Input) => readonly string[];
  /**
   * On a write: the tags of replies that it makes old. Asked again when the outcome is unknown, then without an output, since the
   * write may have happened.
   */
  readonly invalidates?: (input: Input, output: Output | undefined) => readonly string[];
  /** A stable text for an input: the cache and flight key of a call that is not batched. */
  readonly key?: (input: Input) => string;
}

export interface BatchShape<Input, Output> {
  /** The keys that an input asks for, in order, without duplicates. */
  readonly keysOf: (input: Input) => readonly string[];
  /** The same call for fewer keys. */
  readonly narrow: (input: Input, keys: readonly string[]) => Input;
  /** The part of a reply that belongs to one key; `null` when the service does not know it. */
  readonly pick: (output: Output, key: string) => unknown;
  /**
   * Parts by key as one reply. A key that failed while others have an answer has its `GatewayError` as its part, so that one dead
   * record does not take its neighbours along; a batch of which every key failed throws.
   */
  readonly join: (parts: ReadonlyMap<string, unknown>) => Output;
}

export interface PageFollowing<Input, Output> {
  /** The question for the page after this one; undefined when it was the last. */
  readonly next: (output: Output, input: Input) => Input | undefined;
  readonly merge: (left: Output, right: Output) => Output;
  /** Beyond so many pages the call fails rather than answer with a part of the truth. */
  readonly maxPages: number;
}

export interface UpstreamRequest {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the asker may say of one call beside its input. */
export interface CallOptions {
  /** Sent as `Idempotency-Key`; a write without it is never repeated. */
  readonly idempotencyKey?: string;
  /** Sent as `If-Match`. */
  readonly ifMatch?: string;
}

/** One question to a service: a route with this request's input. A layer that knows more hands on a copy; nobody changes a call. */
export interface Call<Input = unknown, Output = unknown> extends CallOptions {
  readonly route: Route<Input, Output>;
  readonly input: Input;
  /**
   * What the cache still holds for a read that is no longer fresh. Sent as `If-None-Match`; on 304 the decode layer gives this value
   * back as a reply with status 304, so that whoever shares the flight gets a value too. A 304 to a call without it is a broken answer.
   */
  readonly known?: KnownReply<Output>;
  /** Set by the deadline layer: monotonic milliseconds after which the reply is of no use any more. */
  readonly dueAt?: number;
  /** What stops this call beside its time: the client's leaving, the flight's last joiner, a hedge that lost. */
  readonly signal?: AbortSignal;
  /** Set by the retry and hedge layers: which attempt this is; 1 when absent. */
  readonly attempt?: number;
  /** Set by the retry layer: the instances that got an attempt of this call, added to by balance and avoided while there is another. */
  readonly tried?: Instance[];
  /** Set by the balance layer: who gets this attempt. */
  readonly instance?: Instance;
  /** Set by the attempt layer of a traced request: the id of this attempt's span, which the service's own span hangs under. */
  readonly spanId?: string | undefined;
  /** Set by the attempt layer: what this attempt may take, sent as `X-Request-Deadline-Ms`. */
  readonly timeoutMs?: number;
}

export interface KnownReply<Output = unknown> {
  readonly etag: string;
  readonly value: Output;
}

export interface Reply<Output = unknown> {
  readonly value: Output;
  readonly status: number;
  /** Lower-case response headers that layers look at (`etag`, `cache-control`, `age`, `date`, `expires`, `vary`, `retry-after`). */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded body size in bytes; 0 from a cache. */
  readonly bytes: number;
  /** Broken rows that were left out of the value; a reply with any is not whole, and the cache keeps no gap of it. */
  readonly dropped?: number;
}

/** Sends a call and gives its reply or throws a coded `GatewayError`. The whole way out is one of these. */
export type Send = <Input, Output>(call: Call<Input, Output>, context: CallContext) => Promise<Reply<Output>>;

/** Wraps a `Send` with one mechanism. A layer that does not apply to a route is not in that route's stack at all. */
export type Layer = (next: Send) => Send;
