/** The state of one limit after this request was counted: what the `X-RateLimit-*` headers say. */
export interface Quota {
  /** Which limit it is: `consumer`, `operation`, `cost`, `burst`. */
  readonly name: string;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds from now until the limit is whole again. */
  readonly resetSeconds: number;
  readonly windowSeconds: number;
}
