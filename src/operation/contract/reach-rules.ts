import { getNamedType } from 'graphql';
import type { ClientSchema } from './client-schema.ts';
import { ownTypes, reachable } from './schema-walk.ts';

/**
 * What is not meant for a client can't be got at by any path, and nothing lies about that no path leads to. Entries of `unreachable` are types
 * (`SupportQuery`), coordinates (`Query.support`), or names of fields, arguments and input fields wherever they appear (`email`).
 */
export function* reachRules({ schema, rules: { unreachable } }: ClientSchema): Iterable<string> {
  const { types, paths } = reachable(schema);
  for (const name of types) if (name in unreachable) yield `the type ${name} can be reached: ${unreachable[name]}`;
  for (const [coordinate, path] of paths) {
    const reason = unreachable[coordinate] ?? unreachable[coordinate.split('.').at(-1) ?? ''];
    if (reason !== undefined) yield `${coordinate} can be reached by ${path}: ${reason}`;
  }
  // An enum that only directives use is reached by nobody and needed all the same.
  const ofDirectives = new Set(
    schema.getDirectives().flatMap(({ args }) => args.map(({ type }) => getNamedType(type).name)),
  );
  for (const { name } of ownTypes(schema)) {
    if (!types.has(name) && !ofDirectives.has(name)) yield `no path leads to ${name}`;
  }
}
