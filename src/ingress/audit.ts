import { logText } from '../telemetry/log-text.ts';
import type { Exchanged } from './pipeline-types.ts';

/**
 * One line for each request in which a caller saw records of other people by their role: who, whose, and which fields were asked for.
 * The field names are the operation's own; values are never in the log.
 */
export function auditAccess(exchange: Exchanged): void {
  const { accessed } = exchange.report;
  if (accessed.size === 0) return;
  exchange.log.info(
    {
      'event.action': 'access',
      'event.kind': 'event',
      'event.category': 'audit',
      'user.id': exchange.principal.subject,
      'user.roles': exchange.principal.role,
      'facet.audit.subjects': [...accessed],
      'facet.audit.fields': exchange.prepared.fields,
      'facet.operation.name': logText(exchange.prepared.name),
      'facet.operation.id': exchange.prepared.documentId,
    },
    'records of other people were read',
  );
}
