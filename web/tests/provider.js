// A real provider of OpenID Connect, whose login page takes any name.
import { once } from 'node:events';
import Provider from 'oidc-provider';
import { free } from './observatory.js';

export async function provide(back) {
  const url = `http://127.0.0.1:${await free()}`;
  const secret = 'between the two of us';
  // What it says of its settings is for those who run one for others.
  console.info = console.warn = () => undefined;
  const provider = new Provider(url, {
    clients: [{ client_id: 'marsad', client_secret: secret, redirect_uris: [back], grant_types: ['authorization_code'], response_types: ['code'] }],
    cookies: { keys: ['only for this test'] },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
  });
  const server = provider.listen(Number(new URL(url).port), '127.0.0.1');
  await once(server, 'listening');
  return {
    url,
    secret,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
