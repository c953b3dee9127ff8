import { unknownClient } from '../../context/client.ts';
import type { Gate } from '../../context/report-only.ts';
import { type GatewayError, toGatewayError } from '../../errors/gateway-error.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { createDocumentFinder } from '../persisted.ts';
import { createPrepare, type PrepareOptions } from '../prepare.ts';
import type { ManifestEntry } from './manifest.ts';

/**
 * Prepares every published operation as its process would on first use, and says for which that fails: it no longer fits the schema, or it
 * breaks a limit of the profile. A cost that hangs on variables is judged by the operation's own defaults.
 */
export function registeredProblems(
  client: string,
  operations: readonly ManifestEntry[],
  options: Omit<PrepareOptions, 'findDocument' | 'isProduction' | 'maxDocuments'>,
): string[] {
  const prepare = createPrepare({
    ...options,
    findDocument: createDocumentFinder({ operations, mode: 'any', automatic: false, gate: enforced }),
    isProduction: true,
    maxDocuments: 1,
  });
  const log = createLogger({ level: 'silent', base: {} });
  return operations.flatMap(({ id, name, version }) => {
    try {
      const params = {
        query: undefined,
        documentId: id,
        operationName: name,
        variables: undefined,
        extensions: undefined,
        method: 'POST',
      } as const;
      const cost = prepare({ params, client: unknownClient, log }).cost.estimate(undefined);
      return cost > options.limits.maxCost
        ? [`${client} ${version} ${name}: costs ${cost} units by its defaults, more than ${options.limits.maxCost}`]
        : [];
    } catch (thrown) {
      return describe(toGatewayError(thrown)).map((problem) => `${client} ${version} ${name}: ${problem}`);
    }
  });
}

const enforced: Gate = {
  enforces: () => true,
  refuse(error) {
    throw error;
  },
};

function describe(error: GatewayError): string[] {
  if (error.entry.metric === 'bug') throw error.cause;
  return error.issues?.map(({ message }) => message) ?? [`${error.publicMessage} (${error.code})`];
}
