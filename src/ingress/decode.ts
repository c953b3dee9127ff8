import { isRecord } from '../lib/is-record.ts';
import type { IncomingMessage } from 'node:http';
import type { GraphQLParams } from '../context/request-context.ts';
import type { Profile } from '../context/profile.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { isJsonBody } from './media-type.ts';
import { readBody } from './read-body.ts';

/**
 * Stage 8: GraphQL over HTTP to parameters. The last that knows HTTP on the way in. Only JSON bodies, only GET and POST; every
 * parameter is checked for its shape (GraphQL over HTTP §5.1).
 */
export function decode(
  request: IncomingMessage,
  profile: Profile,
  idParameters: readonly string[],
): GraphQLParams | Promise<GraphQLParams> {
  if (request.method === 'POST') return decodePost(request, profile.limits.maxBodyBytes, idParameters);
  if (request.method === 'GET' && profile.get) return decodeGet(request, idParameters);
  throw new GatewayError('METHOD_NOT_ALLOWED', { headers: { allow: profile.get ? 'GET, POST' : 'POST' } });
}

async function decodePost(
  request: IncomingMessage,
  maxBodyBytes: number,
  idParameters: readonly string[],
): Promise<GraphQLParams> {
  if (!isJsonBody(request.headers['content-type'])) throw new GatewayError('UNSUPPORTED_MEDIA_TYPE');
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', { publicMessage: 'Send the body without a Content-Encoding.' });
  const body = parseJson(await readBody(request, maxBodyBytes), 'body');
  if (Array.isArray(body)) throw bad('Batches are not served.');
  if (!isRecord(body)) throw bad('The body must be a JSON object.');
  return paramsOf(body, 'POST', idParameters);
}

function decodeGet(request: IncomingMessage, idParameters: readonly string[]): GraphQLParams {
  // A GET has no body to describe. A type here is how cross-site GET searches got past preflight (GHSA-9q82-xgwf-vj6h).
  const contentType = request.headers['content-type'];
  if (contentType !== undefined && !isJsonBody(contentType)) throw new GatewayError('UNSUPPORTED_MEDIA_TYPE');
  const url = request.url ?? '';
  const start = url.indexOf('?');
  const search = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  const values: Record<string, unknown> = {};
  for (const name of ['query', 'documentId', 'operationName', 'variables', 'extensions', ...idParameters]) {
    const given = search.getAll(name);
    if (given.length > 1) throw bad(`The parameter ${name} is given more than once.`);
    const [value] = given;
    if (value === undefined) continue;
    values[name] = name === 'variables' || name === 'extensions' ? parseJson(value, `parameter ${name}`) : value;
  }
  return paramsOf(values, 'GET', idParameters);
}

function paramsOf(
  values: Readonly<Record<string, unknown>>,
  method: 'GET' | 'POST',
  idParameters: readonly string[],
): GraphQLParams {
  return {
    query: text(values, 'query'),
    documentId: documentIdOf(values, idParameters),
    operationName: text(values, 'operationName') || undefined,
    variables: record(values, 'variables'),
    extensions: record(values, 'extensions'),
    method,
  };
}

/** The document id, by its standard name or one that older clients use. */
function documentIdOf(values: Readonly<Record<string, unknown>>, idParameters: readonly string[]): string | undefined {
  let found = text(values, 'documentId');
  for (const name of idParameters) {
    const given = text(values, name);
    if (given !== undefined && found !== undefined && given !== found)
      throw bad(`The parameters documentId and ${name} differ.`);
    found ??= given;
  }
  return found;
}

function text(values: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = values[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw bad(`The parameter ${name} must be a string.`);
  return value;
}

function record(values: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> | undefined {
  const value = values[name];
  if (value === undefined || value === null) return undefined;
  if (!isRecord(value)) throw bad(`The parameter ${name} must be an object.`);
  return value;
}

function parseJson(source: string, what: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    throw bad(`The ${what} is not valid JSON.`);
  }
}

function bad(publicMessage: string): GatewayError {
  return new GatewayError('BAD_REQUEST', { publicMessage });
}
