import { defaultFieldResolver, type GraphQLFieldResolver } from 'graphql';

/**
 * The default resolver of graphql-js, watching for what compiled code does not do: it reads properties as they are, so a promise or a
 * function that stands in one would not be asked for its value. Fields where one was seen are never compiled. Every operation runs
 * by graphql-js first, and whether a property holds a promise is a matter of the code that made the object, not of its data.
 */
export function createWatchedResolver() {
  const found = new Set<string>();

  const resolve: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
    if (typeof source === 'object' && source !== null) {
      const value = (source as Record<string, unknown>)[info.fieldName];
      if (typeof value !== 'object' && typeof value !== 'function') return value;
      if (typeof value === 'function' || value instanceof Promise)
        found.add(`${info.parentType.name}.${info.fieldName}`);
    }
    return defaultFieldResolver(source, args, context, info);
  };

  return {
    resolve,
    /** Was such a property seen in one of these fields, `Type.field`? */
    foundIn: (fields: readonly string[]): boolean => found.size > 0 && fields.some((field) => found.has(field)),
  };
}
