import { GatewayError } from '../errors/gateway-error.ts';
import type { ResponseMediaType } from '../context/request-context.ts';

/** `application/json`, alone or with `charset=utf-8`: one exact form. Four CVEs came from looser matches (docs/security.md). */
const jsonBody = /^application\/json(?:[ \t]*;[ \t]*charset=(?:utf-8|"utf-8"))?$/i;

export function isJsonBody(contentType: string | undefined): boolean {
  return contentType !== undefined && jsonBody.test(contentType);
}

const graphqlResponse = 'application/graphql-response+json';
const legacy = 'application/json';

/**
 * The media type to answer with. Exact names first, then wildcards; a type with `q=0` is refused (RFC 9110 §12.5.1). Without an
 * `Accept` header the legacy type is used, as GraphQL over HTTP §6.1.1 allows until 2025 and old clients expect.
 */
export function negotiateMediaType(accept: string | undefined): ResponseMediaType {
  if (accept === undefined || accept === '' || accept === '*/*') return legacy;
  if (accept === legacy || accept === graphqlResponse) return accept;
  const weights = new Map<string, number>();
  for (const part of accept.split(',')) {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const charset = parameters.find((text) => text.startsWith('charset='));
    if (charset && !/^charset="?utf-8"?$/.test(charset)) continue;
    weights.set(type, quality(parameters));
  }
  const weightOf = (type: string): number =>
    weights.get(type) ?? weights.get('application/*') ?? weights.get('*/*') ?? 0;
  const [modern, old] = [weightOf(graphqlResponse), weightOf(legacy)];
  if (modern === 0 && old === 0) throw new GatewayError('NOT_ACCEPTABLE');
  // A wildcard alone keeps the legacy type: such clients were written before the new one.
  if (modern > old || (modern === old && weights.has(graphqlResponse))) return graphqlResponse;
  return legacy;
}

function quality(parameters: readonly string[]): number {
  const q = parameters.find((text) => text.startsWith('q='));
  if (q === undefined) return 1;
  const value = Number(q.slice(2));
  return value >= 0 && value <= 1 ? value : 0;
}
