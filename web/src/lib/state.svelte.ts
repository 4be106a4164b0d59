// What all pages share: who one is, and the names of actors and places.
import { api, bring, got, type Session, type Summary, type Vocabulary } from '../api/client';
import { code, country, settings } from './settings.svelte';

export const shared = $state<{ session: Session | null; words: Vocabulary | null; failed: string }>({ session: null, words: null, failed: '' });

const RANKS = ['anyone', 'viewer', 'reviewer', 'editor', 'administrator'];

/** Whether one may do what a role may. */
export function may(role: string): boolean {
  const session = shared.session;
  return session !== null && session.mode !== 'public' && RANKS.indexOf(session.role) >= RANKS.indexOf(role);
}

/** Asks who one is, and for the names. */
export async function load() {
  try {
    const session = await got(api.GET('/api/session'));
    bring(session.csrf);
    shared.session = session;
    if (session.role !== 'anyone') shared.words = await got(api.GET('/api/vocabulary'));
    shared.failed = '';
  } catch (error) {
    shared.failed = String(error instanceof Error ? error.message : error);
  }
}

let names: { of: Vocabulary | null; table: Map<string, { ar: string; en: string }> } = { of: null, table: new Map() };

/** The name of an actor. */
export function actor(id: string, known?: Record<string, { ar: string; en: string }>): string {
  const fixed = code('actors', id);
  if (fixed !== id.replaceAll('_', ' ')) return fixed;
  if (names.of !== shared.words) names = { of: shared.words, table: new Map(shared.words?.actors.map((row) => [row.id, row.name])) };
  return (known?.[id] ?? names.table.get(id))?.[settings.lang] ?? id;
}

/** The name of a first-order division. */
export function division(english: string): string {
  return (settings.lang === 'ar' && shared.words?.divisions[english]) || english;
}

/** The name of an incident's place. */
export function spot(place: Summary['place']): string {
  if (!place) return '';
  const name = settings.lang === 'ar' ? place.name_ar : place.name;
  const parts = [name, place.admin1 ? division(place.admin1) : '', country(place.country)].filter(Boolean);
  return parts.filter((part, n) => parts.indexOf(part) === n).join(settings.lang === 'ar' ? '، ' : ', ');
}
