import de from '../texts/de.json';
import en from '../texts/en-US.json';
import es from '../texts/es-ES.json';
import fr from '../texts/fr.json';
import ja from '../texts/ja.json';
import pt from '../texts/pt-BR.json';
import ru from '../texts/ru.json';
import zh from '../texts/zh-CN.json';

type Texts = Record<string, Record<string, string>>;

const TEXTS: Record<string, Texts> = { 'en-US': en, de, 'es-ES': es, fr, ja, 'pt-BR': pt, ru, 'zh-CN': zh };

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = ['ar', 'arc', 'ckb', 'dv', 'fa', 'ha', 'he', 'iw', 'ks', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi'];

export type Translate = (key: string, values?: Record<string, string | number>) => string;

export interface Language {
  /** Of the words: a BCP 47 tag. */
  lang: string;
  /** Of the layout: as in the reader's own language, also where the words are English for want of a translation. */
  dir: 'ltr' | 'rtl';
  /** How the reader writes numbers and times. */
  format: string;
  t: Translate;
}

/** @param wanted what the browser's user reads, the best first: `navigator.languages` */
export function chooseLanguage(wanted: readonly string[]): Language {
  const fitting = wanted.flatMap((tag) => {
    const lang = nearest(tag);
    return lang ? [{ tag, lang }] : [];
  });
  const { tag, lang } = fitting[0] ?? { tag: 'en-US', lang: 'en-US' };
  const first = baseOf(wanted[0] ?? tag);
  return { lang, dir: RIGHT_TO_LEFT.includes(first) ? 'rtl' : 'ltr', format: validTag(tag), t: translator(lang) };
}

function nearest(tag: string): string | undefined {
  const known = Object.keys(TEXTS);
  return (
    known.find((one) => one.toLowerCase() === tag.toLowerCase()) ?? known.find((one) => baseOf(one) === baseOf(tag))
  );
}

function baseOf(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? '';
}

function validTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

function translator(lang: string): Translate {
  return (key, values = {}) => {
    const [part = '', name = ''] = key.split('.');
    const text = textOf(TEXTS[lang], part, name) ?? textOf(en, part, name) ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, value: string) => String(values[value] ?? whole));
  };
}

function textOf(texts: Texts | undefined, part: string, name: string): string | undefined {
  const own = texts && Object.hasOwn(texts, part) ? texts[part] : undefined;
  return own && Object.hasOwn(own, name) ? own[name] : undefined;
}

/** Whether there is such a text. */
export function hasText(key: string): boolean {
  const [part = '', name = ''] = key.split('.');
  return textOf(en, part, name) !== undefined;
}
