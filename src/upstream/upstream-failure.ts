import type { ErrorCode } from '../errors/codes.ts';
import { GatewayError, type GatewayErrorOptions } from '../errors/gateway-error.ts';

/** Why a call gave no usable reply: what breakers, retries and metrics go by. */
export type FailureReason =
  | 'no_address'
  | 'breaker_open'
  | 'bulkhead_full'
  | 'connect'
  | 'certificate'
  | 'reset'
  | 'timeout'
  | 'deadline'
  | 'aborted'
  | 'status'
  | 'rate_limited'
  | 'credential_refused'
  | 'protocol'
  | 'body'
  | 'contract'
  | 'record'
  | 'fan_out';

interface ReasonEntry {
  readonly code: ErrorCode;
  /** What an attempt that ended so says of the instance: see `Verdict`. */
  readonly verdict: 'failure' | 'alive' | 'neither';
  /** Whether another attempt may do better: anywhere, or only at another instance. */
  readonly repeatable: 'yes' | 'elsewhere' | 'no';
}

// prettier-ignore
export const reasons: Readonly<Record<FailureReason, ReasonEntry>> = {
  no_address:         { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'neither', repeatable: 'no' },
  breaker_open:       { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'neither', repeatable: 'no' },
  bulkhead_full:      { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'neither', repeatable: 'elsewhere' },
  connect:            { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'failure', repeatable: 'yes' },
  certificate:        { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'failure', repeatable: 'elsewhere' },
  reset:              { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'failure', repeatable: 'yes' },
  timeout:            { code: 'UPSTREAM_TIMEOUT',      verdict: 'failure', repeatable: 'elsewhere' },
  deadline:           { code: 'DEADLINE_EXCEEDED',     verdict: 'neither', repeatable: 'no' },
  aborted:            { code: 'DEADLINE_EXCEEDED',     verdict: 'neither', repeatable: 'no' },
  status:             { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'failure', repeatable: 'yes' },
  rate_limited:       { code: 'UPSTREAM_RATE_LIMITED', verdict: 'alive',   repeatable: 'yes' },
  credential_refused: { code: 'UPSTREAM_UNAVAILABLE',  verdict: 'alive',   repeatable: 'no' },
  protocol:           { code: 'UPSTREAM_BAD_RESPONSE', verdict: 'failure', repeatable: 'yes' },
  body:               { code: 'UPSTREAM_BAD_RESPONSE', verdict: 'failure', repeatable: 'elsewhere' },
  contract:           { code: 'UPSTREAM_BAD_RESPONSE', verdict: 'failure', repeatable: 'elsewhere' },
  record:             { code: 'UPSTREAM_BAD_RESPONSE', verdict: 'alive',   repeatable: 'no' },
  fan_out:            { code: 'FAN_OUT_EXCEEDED',      verdict: 'neither', repeatable: 'no' },
};

export interface UpstreamFailureOptions extends GatewayErrorOptions {
  readonly service: string;
  readonly route: string;
  /**
   * `none`: the service certainly did nothing (never sent, or refused as a whole). `unknown`: a write may have happened; only a
   * repetition with the same idempotency key can tell.
   */
  readonly effect: 'none' | 'unknown';
}

/** A call that brought no usable reply. Safe to show as it is; what the service said stays in `context`, for the log. */
export class UpstreamFailure extends GatewayError {
  readonly reason: FailureReason;
  readonly route: string;
  readonly effect: 'none' | 'unknown';

  constructor(reason: FailureReason, options: UpstreamFailureOptions) {
    super(reasons[reason].code, { ...options, context: { ...options.context, route: options.route, reason } });
    this.name = 'UpstreamFailure';
    this.reason = reason;
    this.route = options.route;
    this.effect = options.effect;
  }

  /** The same failure of a call whose earlier attempt may have had its effect. */
  withUnknownEffect(): UpstreamFailure {
    const { reason, route, service = '', retryAfterMs, context = {} } = this;
    const options = { service, route, effect: 'unknown', context } as const;
    return new UpstreamFailure(reason, retryAfterMs === undefined ? options : { ...options, retryAfterMs });
  }
}

/** The service's own problem document (RFC 9457), as far as it had the right shape. Foreign text: for mapping and logs, never to be shown. */
export interface ProblemDocument {
  /** Stable word such as `not_cancellable`; empty when the service gave none. */
  readonly code: string;
  readonly title: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
  /** The whole parsed object, for extension members (`allowed_actions`, `decline_code`). */
  readonly members: Readonly<Record<string, unknown>>;
}

const statusCodes: Readonly<Record<number, ErrorCode>> = { 403: 'FORBIDDEN' };

/**
 * The service understood a call and refused it: a 4xx that the route doesn't accept. A healthy answer, so it is never repeated and no
 * breaker counts it. Mutations map `status` and `problem.code` to typed members; where nobody does, it shows as a bad response.
 */
export class UpstreamProblem extends GatewayError {
  readonly status: number;
  readonly route: string;
  readonly problem: ProblemDocument;

  constructor(service: string, route: string, status: number, problem: ProblemDocument) {
    super(statusCodes[status] ?? 'UPSTREAM_BAD_RESPONSE', {
      service,
      retryable: false,
      context: { route, status, problemCode: problem.code.slice(0, 100), problemTitle: problem.title.slice(0, 200) },
    });
    this.name = 'UpstreamProblem';
    this.status = status;
    this.route = route;
    this.problem = problem;
  }
}
