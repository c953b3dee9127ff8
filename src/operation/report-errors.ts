import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Correlated } from '../context/request-context.ts';
import type { GatewayError } from '../errors/gateway-error.ts';
import { codedErrorOf } from '../errors/to-graphql.ts';
import { logText } from '../telemetry/log-text.ts';

/** Errors of one kind in one answer. */
interface Failures {
  readonly first: GraphQLError;
  readonly coded: GatewayError;
  count: number;
}

/**
 * Writes what execution reports to the log: our own bugs with their cause and stack, failures of services with their context. One line a
 * kind, with the place of the first: a service that is down must not cost a line for each row of a list. Gives the result back.
 */
export function reportErrors(result: ExecutionResult, context: Correlated): ExecutionResult {
  if (!result.errors) return result;
  const { log } = context;
  for (const { first, coded, count } of byKind(result.errors)) {
    const fields = {
      'error.code': coded.code,
      // Response names are the caller's words.
      'facet.path': first.path && logText(first.path.join('.')),
      'facet.places': count,
      'facet.service': coded.service,
    };
    if (coded.entry.metric === 'bug') log.error({ ...fields, error: coded.cause ?? first }, 'a resolver failed');
    else log[coded.entry.level]({ ...fields, 'facet.context': coded.context }, 'a part of the answer failed');
  }
  return result;
}

function byKind(errors: readonly GraphQLError[]): Iterable<Failures> {
  const kinds = new Map<string, Failures>();
  for (const error of errors) {
    const coded = codedErrorOf(error);
    const kind = JSON.stringify([coded.code, coded.service, coded.context?.['reason'], causeOf(coded)]);
    const known = kinds.get(kind);
    if (known) known.count++;
    else kinds.set(kind, { first: error, coded, count: 1 });
  }
  return kinds.values();
}

function causeOf({ cause }: GatewayError): string {
  return cause instanceof Error ? `${cause.name} ${cause.message}` : '';
}
