/**
 * One text for equal JSON values, whatever the order of their members (the idea of RFC 8785; strings and numbers as JSON.stringify
 * writes them). Members that are undefined are absent. For digests of input that has been bounded in depth and size already.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = value as Readonly<Record<string, unknown>>;
  const parts = Object.keys(members)
    .filter((name) => members[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`);
  return `{${parts.join(',')}}`;
}
