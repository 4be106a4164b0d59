// The API, with types that openapi-typescript makes of the server's own document.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Summary = Schemas['Summary'];
export type Detail = Schemas['Detail'];
export type Incident = Schemas['Incident'];
export type Event = Schemas['Event'];
export type Session = Schemas['Session'];
export type Vocabulary = Schemas['Vocabulary'];
export type Feature = Schemas['Feature'];

let csrf = '';
/** What requests that change something bring. */
export function bring(token: string) {
  csrf = token;
}

export const api = createClient<paths>({ baseUrl: location.origin });
api.use({
  onRequest({ request }) {
    if (request.method !== 'GET' && csrf) request.headers.set('x-marsad-csrf', csrf);
    return request;
  },
});

/** Why the server did not do what it was asked, in one sentence. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** What the server gives, or the reason why it does not. */
export async function got<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Exclude<T, string>> {
  const { data, error, response } = await asked;
  if (response.ok) return data as Exclude<T, string>;
  const detail = (error as { detail?: string } | undefined)?.detail;
  throw new Refused(detail ?? `${response.status} ${response.statusText}`, response.status);
}
