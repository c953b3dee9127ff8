import { ReplyError } from 'ioredis';

/**
 * Error replies that concern only the command that got them: our own mistake, or a key that somebody else wrote. All others
 * speak of the server: full, read-only, locked, loading, busy, without its cluster, or nothing we know.
 */
const ownMistakes = new Set(['ERR', 'WRONGTYPE', 'CROSSSLOT', 'NOSCRIPT', 'EXECABORT', 'MOVED', 'ASK']);

/** What may stand in a log or a label: the text of an error reply may hold anything. */
const knownStates = new Set([
  ...ownMistakes,
  'OOM',
  'READONLY',
  'NOAUTH',
  'NOPERM',
  'WRONGPASS',
  'LOADING',
  'BUSY',
  'MASTERDOWN',
  'CLUSTERDOWN',
  'MISCONF',
  'NOREPLICAS',
]);

/** Is the whole server (or the way to it) at fault? True for everything that is not an error reply. */
export function isAboutTheServer(error: unknown): boolean {
  return !isReply(error) || !ownMistakes.has(firstWord(error.message));
}

export function isMissingScript(error: unknown): boolean {
  return isReply(error) && firstWord(error.message) === 'NOSCRIPT';
}

/** A short name from a bounded set. */
export function failureReason(error: unknown): string {
  if (isReply(error)) {
    const word = firstWord(error.message);
    return knownStates.has(word) ? word.toLowerCase() : 'error_reply';
  }
  if (!(error instanceof Error)) return 'closed';
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && /^E[A-Z]{2,20}$/.test(code)) return code.toLowerCase();
  // What ioredis adds to bytes that are no RESP; everything left is a connection that ended.
  return error.message.endsWith('Please report this.') ? 'protocol' : 'closed';
}

function isReply(error: unknown): error is Error {
  return error instanceof ReplyError;
}

/** Redis 6 reports what a command inside a script ran into as `ERR … -OOM …`, Redis 7 as `OOM …`. */
function firstWord(message: string): string {
  const nested = /^ERR .*-(OOM|READONLY|MISCONF|NOAUTH) /.exec(message)?.[1];
  const space = message.indexOf(' ');
  return nested ?? (space < 0 ? message : message.slice(0, space));
}
