import { type DefinitionNode, isTypeDefinitionNode, isTypeExtensionNode, Kind } from 'graphql';
import type { ClientSchema } from './client-schema.ts';

/**
 * Types and directives of one name mean one thing: they come from the shared files, which no client extends, or their name is on the
 * list of those that each client has its own of, with the reason.
 */
export function* sameNameProblems(
  clients: readonly Pick<ClientSchema, 'client' | 'ownDefinitions'>[],
  shared: readonly DefinitionNode[],
  ownNames: Readonly<Record<string, string>>,
): Iterable<string> {
  const sharedNames = new Set(shared.map(nameOf));
  const users = new Map<string, Set<string>>();
  for (const { client, ownDefinitions } of clients) {
    for (const node of ownDefinitions) {
      const name = nameOf(node);
      if (name !== undefined) users.set(name, (users.get(name) ?? new Set()).add(client));
    }
  }
  for (const [name, who] of users) {
    const names = [...who].join(' and ');
    if (sharedNames.has(name)) yield `${name} is shared and must not be defined or extended by ${names}`;
    else if (who.size > 1 && !(name in ownNames)) {
      yield `${name} is defined by ${names}: share it, or say in own-names.json why each has its own`;
    }
  }
  for (const name of Object.keys(ownNames)) {
    if ((users.get(name)?.size ?? 0) < 2) yield `own-names.json lists ${name}, which is not defined by several clients`;
  }
}

function nameOf(node: DefinitionNode): string | undefined {
  if (node.kind === Kind.DIRECTIVE_DEFINITION) return `@${node.name.value}`;
  return isTypeDefinitionNode(node) || isTypeExtensionNode(node) ? node.name.value : undefined;
}
