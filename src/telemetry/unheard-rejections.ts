import type { Logger } from './logger.ts';

/**
 * Keeps the process alive when a promise fails that nobody listens to, and writes it to the log. graphql-js leaves such promises behind:
 * when an item of a list fails at once, it drops what it has begun of the other items, and their failures later on would end the
 * process with every request in it. Gives back how to stop.
 */
export function logUnheardRejections(log: Logger): () => void {
  const report = (error: unknown): void => log.error({ error }, 'a promise failed that nobody listened to');
  process.on('unhandledRejection', report);
  return () => {
    process.off('unhandledRejection', report);
  };
}
