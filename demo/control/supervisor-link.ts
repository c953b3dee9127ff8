import { type ControlRequest, type DemoState, isControlReply } from '../supervisor/control-messages.ts';

/** Asks the supervisor for something and resolves to the state after it was done. */
export type AskSupervisor = (action: ControlRequest['action'], name?: string) => Promise<DemoState>;

/** The channel to the process that started this one. @throws when nobody did. */
export function supervisorLink(): AskSupervisor {
  const send = process.send?.bind(process);
  if (!send) throw new Error('the demo control is started by npm start: alone it has no processes to switch');
  const waiting = new Map<number, (state: DemoState) => void>();
  let lastId = 0;
  process.on('message', (message) => {
    if (!isControlReply(message)) return;
    waiting.get(message.id)?.(message.state);
    waiting.delete(message.id);
  });
  return (action, name) =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      send({ id: lastId, action, ...(name !== undefined && { name }) } satisfies ControlRequest);
    });
}
