import type { Arrival } from './exchange.ts';

/** Framed by its length and its head's blank line alone, with nothing in it that HTTP/1.1 lets two readers understand differently. */
const plainHead =
  /^(GET|POST) (\/graphql(?:\?[!-~]*)?) HTTP\/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)*$/;
const plainLength = /^\d{1,5}$/;

/** What a refusal says or depends on. */
const told = new Set(['user-agent', 'traceparent', 'x-correlation-id', 'x-forwarded-for', 'x-forwarded-proto']);
/** Whatever frames a message in another way or asks for more than an answer is for Node's parser. */
const framing = new Set(['transfer-encoding', 'connection', 'proxy-connection', 'upgrade', 'expect', 'trailer']);
const lengthName = 'content-length';
/** Most lines have a name of another length, and are not looked at any further. */
const lengths = new Set([...told, ...framing, lengthName].map((name) => name.length));

/** Longer heads are rare, and Node's parser has a bound for them. */
const longestHead = 8_192;
const lineEnd = '\r\n';
const blankLine = lineEnd + lineEnd;

/**
 * The request that these bytes are, if they are one request for an operation from the first byte to the last, written in the plainest
 * way: with the headers that a refusal needs, and no others. Whatever else they may be, all of it or a part, is for Node's parser,
 * and is undefined here.
 */
export function readWholeRequest(bytes: Buffer): Arrival | undefined {
  const end = bytes.indexOf(blankLine);
  if (end < 0 || end > longestHead) return undefined;
  const text = bytes.toString('latin1', 0, end + lineEnd.length);
  const start = plainHead.exec(text);
  if (!start) return undefined;
  const [, method, url] = start;
  const headers: Record<string, string> = {};
  for (let at = text.indexOf('\n') + 1; at < text.length;) {
    const colon = text.indexOf(':', at);
    const next = text.indexOf('\n', colon) + 1;
    if (lengths.has(colon - at)) {
      const name = text.slice(at, colon).toLowerCase();
      const value = text.slice(colon + 1, next).trim();
      if (framing.has(name) && !(name === 'connection' && value.toLowerCase() === 'keep-alive')) return undefined;
      // Of two lines with one name Node makes one, or an error.
      if (headers[name] !== undefined) return undefined;
      if (told.has(name) || name === lengthName) headers[name] = value;
    }
    at = next;
  }
  const { [lengthName]: length } = headers;
  if (length === undefined ? method === 'POST' : !plainLength.test(length)) return undefined;
  if (end + blankLine.length + Number(length ?? 0) !== bytes.length) return undefined;
  return { method, url, headers, httpVersionMajor: 1 };
}
