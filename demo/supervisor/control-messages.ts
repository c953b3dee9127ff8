import type { ChildSpec, Ports } from './child-spec.ts';
import type { ChildStatus } from './supervised-child.ts';

/** What the control asks of the supervisor over their channel: only the parent of a process may start or end it. */
export interface ControlRequest {
  readonly id: number;
  readonly action: 'state' | 'start' | 'stop' | 'kill';
  /** Which process; not for `state`. */
  readonly name?: string;
}

export interface ProcessState {
  readonly name: string;
  readonly title: string;
  readonly kind: ChildSpec['kind'];
  readonly status: ChildStatus;
  readonly pid: number | null;
  /** How often it ended by itself and was started again. */
  readonly restarts: number;
  /** What it said when it last did. */
  readonly lastWords: string;
}

export interface DemoState {
  readonly ports: Ports;
  readonly processes: readonly ProcessState[];
}

export interface ControlReply {
  readonly id: number;
  readonly state: DemoState;
}

export function isControlRequest(message: unknown): message is ControlRequest {
  return typeof message === 'object' && message !== null && 'id' in message && 'action' in message;
}

export function isControlReply(message: unknown): message is ControlReply {
  return typeof message === 'object' && message !== null && 'id' in message && 'state' in message;
}
