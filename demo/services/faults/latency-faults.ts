import { type Fault, pause } from './fault.ts';

export const latencyFaults: readonly Fault[] = [
  {
    name: 'latency',
    summary: 'Every answer is late by `delay_ms`.',
    parameters: { delay_ms: 500 },
    delay: ({ parameters, signal }) => pause(Number(parameters['delay_ms']), signal),
  },
  {
    name: 'long-tail',
    summary: 'Answers are late by `delay_ms`, and a `tail_share` of them by `tail_ms`.',
    parameters: { delay_ms: 20, tail_ms: 3_000, tail_share: 0.05 },
    delay({ parameters, signal, random }) {
      const isTail = random() < Number(parameters['tail_share']);
      return pause(Number(parameters[isTail ? 'tail_ms' : 'delay_ms']), signal);
    },
  },
  {
    name: 'late-answer',
    summary:
      'The effect happens at once and its answer comes `delay_ms` later: what a caller with a timeout never hears of.',
    parameters: { delay_ms: 10_000 },
    linger: ({ parameters, signal }) => pause(Number(parameters['delay_ms']), signal),
  },
  {
    name: 'hang',
    summary: 'The request is accepted and never answered, until the rule is removed; then it is answered as usual.',
    delay: ({ signal }) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  },
];
