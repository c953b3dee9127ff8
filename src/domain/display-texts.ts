import { fill, type PhraseValues } from './display-phrase.ts';
import { german } from './display-texts-de.ts';
import { english, type TextKey, type Translation } from './display-texts-en.ts';
import { french } from './display-texts-fr.ts';
import { japanese } from './display-texts-ja.ts';
import type { Audience } from './display-time.ts';

type Reader = Pick<Audience, 'language' | 'textLanguage'>;

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

/** Are there texts for this BCP 47 tag? They are by its primary language (RFC 4647 §3.4). */
export function hasTexts(tag: string): boolean {
  return languageOf(tag) !== undefined;
}

/** A text in the audience's language, or in English where it has no translation. */
export function say(key: TextKey, { language: tag, textLanguage }: Reader, values: PhraseValues = {}): string {
  const { texts, plural } = languageOf(textLanguage ?? tag) ?? inEnglish;
  return fill(texts[key], values, plural);
}

/** The same audience for dates and amounts inside a sentence: they are in the sentence's language, so that no text speaks two. */
export function sentenceAudience<Of extends Reader>(audience: Of): Of {
  if (hasTexts(audience.language)) return audience;
  return { ...audience, language: audience.textLanguage ?? 'en-GB' };
}
