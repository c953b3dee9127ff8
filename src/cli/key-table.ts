import type { ApiKeyRecord } from '../auth/api-key-record.ts';

const headings = ['ID', 'CONSUMER', 'ROLE', 'TIER', 'BFFS', 'SCOPES', 'ENDS', 'STATE'];

/** The keys as columns for people. */
export function keyTable(records: readonly ApiKeyRecord[], nowMs: number): string {
  if (records.length === 0) return 'There are no keys.';
  const rows = [headings, ...records.map((record) => columnsOf(record, nowMs))];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function columnsOf(record: ApiKeyRecord, nowMs: number): string[] {
  const { id, consumer, role, tier, bffs, scopes, expiresAt } = record;
  const ends = new Date(expiresAt).toISOString().slice(0, 10);
  return [id, consumer, role, tier, bffs.join(',') || 'all', scopes.join(',') || '-', ends, stateOf(record, nowMs)];
}

function stateOf({ revokedAt, expiresAt }: ApiKeyRecord, nowMs: number): string {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt <= nowMs ? 'expired' : 'good';
}
