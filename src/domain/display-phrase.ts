/** A text with values in braces: `{first} and {count} more`. Where a number decides, one text a plural form of the language (CLDR). */
export type Phrase = string | PluralPhrase;

export interface PluralPhrase extends Partial<Record<Intl.LDMLPluralRule, string>> {
  readonly other: string;
}

/** Values for the places of a phrase; `count` picks the plural form. */
export type PhraseValues = Readonly<Record<string, string | number>>;

const places = /\{(\w+)\}/g;

/** The text with its values in place. What stands in a value is never taken for a place. */
export function fill(phrase: Phrase, values: PhraseValues, plural: Intl.PluralRules): string {
  const text = typeof phrase === 'string' ? phrase : (phrase[plural.select(Number(values['count']))] ?? phrase.other);
  return text.replace(places, (_place, name: string) => String(values[name] ?? ''));
}
