/** A call to a service that resolving a field may start. */
export interface UpstreamUse {
  /** `service.operationId`, as in the service's contract. */
  readonly route: string;
  /** Keys that one call takes for all objects of a list together; absent: each object makes its own call. */
  readonly batchSize?: number;
}

/** What the resolvers of a schema call, by `Type.field`. A field that is not listed calls nothing. */
export type UpstreamUses = Readonly<Record<string, readonly UpstreamUse[]>>;
