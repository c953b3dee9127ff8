import { sha256Hex } from '../lib/digest.ts';
import type { RedisScript } from '../redis/redis-client.ts';

/** Records live in Redis no longer than this, whatever their policy: the marks below must outlive all of them. */
export const longestSharedMs = 3_600_000;

const marksLiveMs = 2 * longestSharedMs;

/** Names every record: its mark makes all of them old. */
export const everything = '*';

export const invalidationChannel = 'facet:invalidation';

/** The count of invalidations. The braces keep it and all marks in one slot of a cluster, so that one script can write them together. */
export const sequenceKey = 'facet:{invalidation}:sequence';

/** Where the sequence number of a tag's last invalidation stands. Hashed: a tag may hold an id as long as a client likes. */
export function markKey(tag: string): string {
  return `facet:{invalidation}:mark:${sha256Hex(tag)}`;
}

/**
 * Counts an invalidation, marks its tags with the number, and tells all instances, as one step. The number is Redis's own time in
 * microseconds, pushed up where it would not grow: it goes on growing even when Redis has lost everything and counts anew.
 */
const script: RedisScript = {
  name: 'invalidate',
  lua: `
local last = tonumber(redis.call('GET', KEYS[1]) or '0')
local time = redis.call('TIME')
local sequence = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
for index = 1, #KEYS do redis.call('SET', KEYS[index], sequence, 'PX', ARGV[1]) end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return sequence`,
};

/** The script with its keys and arguments for these tags. */
export function markCommand(tags: readonly string[], message: string): [RedisScript, string[], (string | number)[]] {
  return [script, [sequenceKey, ...tags.map(markKey)], [marksLiveMs, invalidationChannel, message]];
}
