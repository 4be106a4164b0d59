// Spans count code points, and JavaScript's strings do not: texts are cut by code points here, once.
import type { Event } from '../api/client';

/** Words of a text that carry a value. */
export interface Mark {
  /** Which event. */
  event: string;
  slot: string;
  start: number;
  end: number;
}

/** A piece of a text within which the marks do not change. */
export interface Piece {
  text: string;
  start: number;
  /** The closest (shortest) first. */
  marks: Mark[];
}

/** All marks of an event. */
export function marksOf(event: Event): Mark[] {
  const marks: Mark[] = [];
  const add = (slot: string, span: readonly number[] | null | undefined) => {
    const [start, end] = span ?? [];
    if (start !== undefined && end !== undefined && start < end) marks.push({ event: event.id, slot, start, end });
  };
  add('action', event.trigger.span);
  add('when', event.when.span);
  for (const place of event.where) add('where', place.span);
  for (const part of event.participants) add(part.role, part.span);
  for (const weapon of event.weapons) add('weapon', weapon.span);
  for (const object of event.objects) add('object', object.span);
  for (const toll of event.casualties) add('toll', toll.span);
  for (const source of event.attribution) add('source', source.span);
  return marks;
}

/** Cuts a text at every beginning and end of a mark. Joined, the pieces are the text. */
export function pieces(text: string, marks: Mark[]): Piece[] {
  const letters = Array.from(text);
  const cuts = new Set([0, letters.length]);
  for (const mark of marks) {
    cuts.add(Math.min(mark.start, letters.length));
    cuts.add(Math.min(mark.end, letters.length));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let n = 0; n + 1 < sorted.length; n++) {
    const start = sorted[n] as number;
    const end = sorted[n + 1] as number;
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
    over.sort((a, b) => a.end - a.start - (b.end - b.start));
    found.push({ text: letters.slice(start, end).join(''), start, marks: over });
  }
  return found;
}

/** A URL that a link may lead to; nothing for those that a browser would run. */
export function safeUrl(url: string | null | undefined): string | undefined {
  if (!url) return undefined;
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}
