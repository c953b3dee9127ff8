import { recommendedRules, specifiedRules, type ValidationRule } from 'graphql';
import { NoIntrospection } from './no-introspection.ts';

/**
 * The rules a document is validated by, once, when it is prepared. Limits are not among them: they have to run before validation,
 * and those that depend on variables have to run for every request.
 */
export function documentRules(options: { readonly introspection: boolean }): readonly ValidationRule[] {
  return [
    // Spec Section: "Schema Introspection"; ours, first, so that its refusal is not lost among others
    ...(options.introspection ? [] : [NoIntrospection]),

    // Spec Section: "Validation", all of it, in the order that gives the clearest messages
    ...specifiedRules,

    // Not in the specification: bounds how deep introspection may follow types into types
    ...recommendedRules,
  ];
}
