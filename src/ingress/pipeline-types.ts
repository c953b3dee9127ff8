import type { PreparedOperation } from '../operation/prepared.ts';
import type { Exchange } from './exchange.ts';

/** The exchange as the way in sees it: loaders and services are the gateway's business. */
export type Exchanged = Exchange<PreparedOperation, unknown, unknown>;
