import { isRecord } from '../lib/is-record.ts';
import { parseJsonBody } from './json-body.ts';
import type { ProblemDocument } from './upstream-failure.ts';

const none: ProblemDocument = { code: '', title: '', errors: [], members: {} };
const maxProblemBytes = 65_536;

/** Reads an RFC 9457 document leniently: whatever is not of the right shape is as if it were absent. Never throws. */
export function readProblem(body: Buffer): ProblemDocument {
  if (body.length === 0 || body.length > maxProblemBytes) return none;
  let members: unknown;
  try {
    members = parseJsonBody(body, 8);
  } catch {
    return none;
  }
  if (!isRecord(members)) return none;
  const errors = Array.isArray(members['errors']) ? members['errors'].filter(isRecord) : [];
  return {
    code: text(members['code']),
    title: text(members['title']),
    errors: errors.map((item) => ({ pointer: text(item['pointer']), code: text(item['code']) })),
    members,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
