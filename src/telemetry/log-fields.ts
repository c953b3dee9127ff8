/** Fields of the Elastic Common Schema that lines here have. */
type EcsField =
  | 'destination.address'
  | 'destination.domain'
  | 'error.code'
  | 'event.action'
  | 'event.category'
  | 'event.duration'
  | 'event.kind'
  | 'event.outcome'
  | 'event.reason'
  | 'file.path'
  | 'http.request.id'
  | 'http.request.method'
  | 'http.response.body.bytes'
  | 'http.response.status_code'
  | 'process.exit_code'
  | 'process.pid'
  | 'service.name'
  | 'source.ip'
  | 'trace.id'
  | 'url.path'
  | 'user.hash'
  | 'user.id'
  | 'user.name'
  | 'user.roles'
  | 'user_agent.original';

/**
 * What a line may say beside its message: fields of the Elastic Common Schema by their full names, and what has no place there under
 * `facet.`. A name such as `event` or `service` alone is an object there: an index refuses the whole line whose field is a text.
 */
export type LogFields = { readonly [Field in EcsField | `facet.${string}`]?: unknown } & {
  /** Something thrown; becomes `error.type`, `error.message` and `error.stack_trace`. */
  readonly error?: unknown;
};
