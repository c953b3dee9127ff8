import type { ClientSchema } from './client-schema.ts';
import { connectionRules } from './connection-rules.ts';
import { abstractOutputRules, operationRules } from './operation-rules.ts';
import { reachRules } from './reach-rules.ts';
import {
  costRules,
  deprecationRules,
  descriptionRules,
  enumRules,
  moneyRules,
  semanticNonNullRules,
} from './value-rules.ts';

/** Looks at one client's schema and says what is wrong, one sentence each. */
export type SchemaRule = (client: ClientSchema) => Iterable<string>;

/** What every schema of ours holds to. `docs/schema/README.md` says each rule with its reason. */
export const schemaRules: readonly SchemaRule[] = [
  operationRules,
  abstractOutputRules,
  connectionRules,
  moneyRules,
  enumRules,
  semanticNonNullRules,
  deprecationRules,
  costRules,
  descriptionRules,
  reachRules,
];

/** All that is wrong with a client's schema, each as `client: sentence`. */
export function* lintSchema(client: ClientSchema): Iterable<string> {
  for (const rule of schemaRules) for (const sentence of rule(client)) yield `${client.client}: ${sentence}`;
}
