import { Problem } from './problem.ts';
import type { Reply } from './reply.ts';
import type { ServiceRequest } from './request.ts';

/** A strong tag: each change of a record raises its version, so equal versions are equal bytes for one URL. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** 200 with an ETag, or 304 without content when the caller's copy is current (RFC 9110 §13.1.2: weak comparison). */
export function conditionalReply(request: ServiceRequest, version: number, cacheControl: string, body: unknown): Reply {
  const headers = { ETag: etagOf(version), 'Cache-Control': cacheControl };
  const condition = request.headers['if-none-match'];
  if (condition !== undefined && matches(condition, headers.ETag, 'weak')) return { status: 304, headers };
  return { status: 200, headers, body };
}

/**
 * Refuses a change to a record that is not the one the caller saw: 412 (RFC 9110 §13.1.1: strong comparison), and 428
 * (RFC 6585 §3) when the service insists on the condition and there is none.
 */
export function checkIfMatch(request: ServiceRequest, version: number, options: { required: boolean }): void {
  const condition = request.headers['if-match'];
  if (condition === undefined) {
    if (!options.required) return;
    throw new Problem(428, 'precondition_required', 'Send If-Match with the ETag of the record you saw.');
  }
  if (matches(condition, etagOf(version), 'strong')) return;
  throw new Problem(412, 'version_mismatch', 'The record has changed since it was read.', {
    headers: { ETag: etagOf(version) },
    members: { current_version: version },
  });
}

function matches(condition: string, etag: string, comparison: 'weak' | 'strong'): boolean {
  if (condition.trim() === '*') return true;
  return condition.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === etag || (comparison === 'weak' && tag === `W/${etag}`);
  });
}
