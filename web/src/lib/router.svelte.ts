// Addresses: a page and its query. Filters live in the query, so that every view can be sent to somebody.
export const place = $state({ path: location.pathname, query: new URLSearchParams(location.search) });

function read() {
  place.path = location.pathname;
  place.query = new URLSearchParams(location.search);
}
addEventListener('popstate', read);

/** Goes to an address of the application. */
export function go(to: string, replace = false) {
  if (replace) history.replaceState(null, '', to);
  else {
    history.pushState(null, '', to);
    scrollTo(0, 0);
  }
  read();
}

/** Follows links within the application without loading it anew. */
export function follow(event: MouseEvent) {
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname.startsWith('/api/') || link.pathname === location.pathname && link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
  document.querySelector<HTMLElement>('main')?.focus();
}

const FILTERS = [
  'from', 'to', 'action', 'actor', 'country', 'admin1', 'place', 'bbox', 'outlet', 'certainty', 'precision', 'killed_min', 'killed_max',
  'injured_min', 'injured_max', 'confidence_min', 'confidence_max', 'voices_min', 'state', 'disputed', 'text',
] as const;
export type FilterName = (typeof FILTERS)[number];

/** The filters of an address. */
export function filters(query: URLSearchParams): Partial<Record<FilterName, string>> {
  const found: Partial<Record<FilterName, string>> = {};
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) found[name] = value;
  }
  return found;
}

/** Sets or (with nothing) takes away parameters of the address. */
export function set(changes: Record<string, string | undefined>, replace = false) {
  const query = new URLSearchParams(place.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  if (text === place.query.toString()) return;
  go(place.path + (text ? `?${text}` : ''), replace);
}

/** The address of a page with the filters of this one. */
export function withFilters(path: string): string {
  const text = new URLSearchParams(filters(place.query) as Record<string, string>).toString();
  return path + (text ? `?${text}` : '');
}
