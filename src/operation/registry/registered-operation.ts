import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';
import { sha256Hex } from '../../lib/digest.ts';

/** One operation of a released app, as it stands in a file below `schema/operations/`. */
export interface RegisteredOperation {
  /** Folder of the client. */
  readonly client: string;
  /** The app's version, folder below the client's. */
  readonly version: string;
  /** Path from the repository's root, forward slashes. */
  readonly file: string;
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** `sha256:<hex>` over `text`, as GraphQL over HTTP's appendix on persisted documents writes it. */
  readonly documentId: string;
  /** The operation, then the fragments it uses by name: what a client that sends text would send. */
  readonly text: string;
}

/**
 * The operation with the fragments that it uses, and nothing else, in an order that does not depend on how its file was arranged. Comments
 * are gone, so that explaining an operation does not give it a new id.
 */
export function documentTextOf(document: DocumentNode, operation: OperationDefinitionNode): string {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  const sorted = [...used.keys()].toSorted().map((name) => used.get(name) as FragmentDefinitionNode);
  return [operation, ...sorted].map((node) => print(node)).join('\n\n');
}

/** The id that a client may send instead of the text. */
export function documentIdOf(text: string): string {
  return `sha256:${sha256Hex(text)}`;
}
