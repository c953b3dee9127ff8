/** Kept back from every call, for putting the answer together and writing it. */
const answerMs = 50;
/** Kept back for each wave of calls that must follow this one. */
const waveMs = 250;

/** Less than this is not worth an attempt: the reply could not come in time. */
export const leastUsefulMs = 10;

/**
 * Milliseconds that one call may use of a request's remaining time: all but 50 ms for the answer and 250 ms for each later wave. Where
 * that would leave little, because the client gave little, the waves share evenly instead.
 */
export function deadlineShare(remainingMs: number, laterWaves: number): number {
  const usableMs = remainingMs - answerMs;
  return Math.max(usableMs - laterWaves * waveMs, usableMs / (laterWaves + 1));
}
