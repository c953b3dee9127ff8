import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

const contracts = new URL('../../schema/upstreams/', import.meta.url);

/** The operations a fault can be aimed at, read from the service's own contract; health routes never fail on purpose. */
export function operationsOf(contract: string): readonly Operation[] {
  const document = parse(readFileSync(new URL(contract, contracts), 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/v'))
    .flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { operationId }]) =>
        operationId === undefined ? [] : [{ id: operationId, method: method.toUpperCase(), path }],
      ),
    );
}
