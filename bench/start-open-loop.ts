import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Phase, PhaseResult, Target } from './open-loop.ts';
import { otherCore } from './processes.ts';

export interface OpenLoop {
  run(phase: Phase): Promise<PhaseResult>;
  stop(): Promise<void>;
}

/** The load in a process of its own, on the core that is not the gateway's. */
export function startOpenLoop(target: Target): OpenLoop {
  const child = spawn('taskset', ['-c', String(otherCore), 'node', join(import.meta.dirname, 'open-loop.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  child.send(target);
  return {
    async run(phase) {
      const result = once(child, 'message');
      child.send(phase);
      const [message] = (await Promise.race([result, ended])) as [PhaseResult | number | null];
      if (typeof message !== 'object' || !message) throw new Error(`the load ended with ${message}`);
      return message;
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
