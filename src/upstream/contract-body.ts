import { isRecord } from '../lib/is-record.ts';
import type { Route } from './call.ts';
import type { ContractCheck } from './route-context.ts';
import type { RouteMetrics } from './upstream-metrics.ts';

/** A body that fits, and how many broken rows it lost for that; `undefined` when it does not fit as a whole. */
export type CheckedBody = { readonly body: unknown; readonly dropped: number } | undefined;

/**
 * The check of a route's success body against its contract. A body that fits is taken as it is, for the price of one compiled check.
 * Only one that doesn't is looked at row by row.
 */
export function contractBody(
  route: Route,
  contracts: ContractCheck,
  metrics: RouteMetrics,
): ((body: unknown) => CheckedBody) | undefined {
  const { service, contract, rows } = route;
  if (contract === undefined) return undefined;
  const fits = contracts.validatorFor(service, contract);
  const rowFits = rows && contracts.validatorFor(service, rows.schema);

  const tell = (schema: string, value: unknown, place = ''): void => {
    const [first] = contracts.errorsOf(service, schema, value);
    if (first) metrics.drifted(place + first.pointer, first.kind);
  };

  const withoutBrokenRows = (body: unknown): CheckedBody => {
    const given = rows && isRecord(body) ? body[rows.field] : undefined;
    if (!rows || !rowFits || !Array.isArray(given)) return undefined;
    const kept = given.filter(rowFits);
    const whole = { ...(body as object), [rows.field]: kept };
    if (kept.length === given.length || !fits(whole)) return undefined;
    const broken = given.find((row) => !rowFits(row));
    tell(rows.schema, broken, `/${rows.field}/*`);
    return { body: whole, dropped: given.length - kept.length };
  };

  return (body) => {
    if (fits(body)) return { body, dropped: 0 };
    const checked = withoutBrokenRows(body);
    if (!checked) tell(contract, body);
    return checked;
  };
}
