import type { ExecutionResult } from 'graphql';
import type { Correlated } from '../context/request-context.ts';
import { codedErrorOf } from '../errors/to-graphql.ts';

/** Writes what execution reports to the log: our own bugs with their cause and stack, failures of services with their context. Gives the result back. */
export function reportErrors(result: ExecutionResult, context: Correlated): ExecutionResult {
  if (!result.errors) return result;
  const { log } = context;
  for (const error of result.errors) {
    const coded = codedErrorOf(error);
    const fields = { 'error.code': coded.code, 'facet.path': error.path?.join('.'), 'facet.service': coded.service };
    if (coded.entry.metric === 'bug') log.error({ ...fields, error: coded.cause ?? error }, 'a resolver failed');
    else log[coded.entry.level]({ ...fields, 'facet.context': coded.context }, 'a part of the answer failed');
  }
  return result;
}
