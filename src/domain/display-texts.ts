import { fill, type PhraseValues } from './display-phrase.ts';
import { german } from './display-texts-de.ts';
import { english, type TextKey, type Translation } from './display-texts-en.ts';
import { french } from './display-texts-fr.ts';
import { japanese } from './display-texts-ja.ts';
import type { Audience } from './display-time.ts';

interface Language {
  readonly texts: Translation;
  readonly plural: Intl.PluralRules;
}

const language = (tag: string, texts: Translation): [string, Language] => [
  tag,
  { texts, plural: new Intl.PluralRules(tag) },
];

const inEnglish: Language = { texts: english, plural: new Intl.PluralRules('en') };

/** By primary language subtag. A new language adds its file and a line here. */
const languages: ReadonlyMap<string, Language> = new Map([
  ['en', inEnglish],
  language('de', german),
  language('fr', french),
  language('ja', japanese),
]);

/** What the texts can be had in; everything else reads English. */
export const textLanguages: readonly string[] = [...languages.keys()];

function languageOf(tag: string): Language | undefined {
  const end = tag.indexOf('-');
  return languages.get(end < 0 ? tag : tag.slice(0, end));
}

/** A text in the audience's language, or in English where it has no translation. */
export function say(key: TextKey, audience: Pick<Audience, 'language'>, values: PhraseValues = {}): string {
  const { texts, plural } = languageOf(audience.language) ?? inEnglish;
  return fill(texts[key], values, plural);
}

/**
 * The same audience for dates and amounts inside a sentence: where there is no translation they are English like the sentence, so
 * that no text speaks two languages.
 */
export function sentenceAudience<Of extends Pick<Audience, 'language'>>(audience: Of): Of {
  return languageOf(audience.language) ? audience : { ...audience, language: 'en-GB' };
}
