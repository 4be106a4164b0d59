// What the reader chose: language, colours, names of months, digits. Kept in the browser.
import ar from '../i18n/ar.json';
import en from '../i18n/en.json';

export type Language = 'ar' | 'en';
type Table = typeof en;
const tables: Record<Language, Table> = { en, ar };

function kept<T extends string>(name: string, values: readonly T[], otherwise: T): T {
  const value = new URLSearchParams(location.search).get(name) ?? localStorage.getItem(`marsad.${name}`);
  return values.includes(value as T) ? (value as T) : otherwise;
}

export const settings = $state({
  lang: kept<Language>('lang', ['ar', 'en'], navigator.language.startsWith('ar') ? 'ar' : 'en'),
  theme: kept('theme', ['system', 'light', 'dark'], 'system'),
  months: kept('months', ['levant', 'gregorian'], 'gregorian'),
  digits: kept('digits', ['latn', 'arab'], 'latn'),
});

/** Chooses, and remembers it. */
export function choose(name: keyof typeof settings, value: string) {
  (settings as Record<string, string>)[name] = value;
  localStorage.setItem(`marsad.${name}`, value);
  apply();
}

/** Tells the page. */
export function apply() {
  const root = document.documentElement;
  root.lang = settings.lang;
  root.dir = settings.lang === 'ar' ? 'rtl' : 'ltr';
  root.dataset.theme = settings.theme;
}

type Words = { [name: string]: string | Words };
function look(table: Words, key: string): string | undefined {
  let found: string | Words | undefined = table;
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** The words of a key, with `{name}` filled in. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const words = look(tables[settings.lang] as unknown as Words, key) ?? look(en as unknown as Words, key) ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The words of a code of the codebook; the code itself where there are none. */
export function code(kind: string, value: string): string {
  const key = `${kind}.${value}`;
  return look(tables[settings.lang] as unknown as Words, key) ?? value.replaceAll('_', ' ');
}

/** The locale of dates and numbers. */
export function locale(): string {
  if (settings.lang === 'en') return 'en-GB';
  return `${settings.months === 'levant' ? 'ar-LB' : 'ar-EG'}-u-nu-${settings.digits}`;
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

export function percent(value: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value);
}

export function day(text: string | null | undefined, form: 'long' | 'short' | 'month' = 'long'): string {
  if (!text) return '';
  const options: Intl.DateTimeFormatOptions =
    form === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: form, year: 'numeric' };
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? text : new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(date);
}

/** First and last day. */
export function days(start: string | null | undefined, end: string | null | undefined): string {
  if (!start) return t('undated');
  if (!end || end === start) return day(start);
  const form = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return form.formatRange(new Date(`${start}T00:00:00Z`), new Date(`${end}T00:00:00Z`));
}

export function moment(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

export function country(iso: string | null | undefined): string {
  if (!iso) return '';
  try {
    return new Intl.DisplayNames([settings.lang], { type: 'region' }).of(iso) ?? iso;
  } catch {
    return iso;
  }
}

/** So many of something. */
export function count(kind: 'incidents' | 'killed' | 'injured' | 'documents' | 'voices', n: number): string {
  return n === 1 ? t(`one.${kind}`) : t(`count.${kind}`, { n: number(n) });
}
