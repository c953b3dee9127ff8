const form = /^(?:sha256:)?([0-9a-f]{64})$/i;

/**
 * The SHA-256 in a document id, as 64 lower-case hex digits: of `sha256:<hex>` (GraphQL over HTTP, appendix on persisted documents)
 * and of bare hex (Apollo's persisted queries). Undefined for an id of any other form.
 */
export function digestOfId(id: string): string | undefined {
  return form.exec(id)?.[1]?.toLowerCase();
}
