import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { GatewayError } from '../errors/gateway-error.ts';

/** GraphQL specification §6.1, GetOperation. Throws `OPERATION_RESOLUTION_FAILURE`. */
export function pickOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const found = name === undefined ? operations : operations.filter((node) => node.name?.value === name);
  const [operation, second] = found;
  if (!operation || second) {
    const publicMessage = operation ? 'Name the operation to run.' : 'The document has no such operation.';
    throw new GatewayError('OPERATION_RESOLUTION_FAILURE', { publicMessage });
  }
  if (operation.operation === 'subscription')
    throw new GatewayError('OPERATION_RESOLUTION_FAILURE', { publicMessage: 'Subscriptions are not served.' });
  return operation;
}
