export type LogFields = Record<string, unknown>;

/** Writes one JSON object a line; `time` and `service` are added. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) => void;

export function createJsonLog(service: string, now: () => number, write: (line: string) => void): Log {
  return (level, message, fields) => {
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, service, msg: message, ...fields })}\n`);
  };
}
