// A real observatory of the example reports, a real server, and a real browser.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.MARSAD ?? join(root, 'target/release/marsad');
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

// Pictures for docs/ are taken anew by `make web-shots`; other runs leave them beside what is built.
export const shots = join(root, process.env.SHOTS ?? 'target/shots');
mkdirSync(shots, { recursive: true });

const run = (args, input) => execFileSync(program, args, { cwd: root, input, stdio: ['pipe', 'pipe', 'pipe'] });

// The observatory of the examples is made once; every server has a copy of it.
let made;
function examples() {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'marsad-web-'));
  made = join(folder, 'observatory');
  run(['init', made]);
  run(['ingest', 'examples/articles.jsonl', '--store', made]);
  run(['link', '--store', made]);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return made;
}

/** A port that nobody has at the moment. */
export function free() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Makes an observatory and serves it. */
export async function serve({ users = [], reports = [], args = [], env = {}, port = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'marsad-web-'));
  const store = join(folder, 'observatory');
  cpSync(examples(), store, { recursive: true });
  for (const report of reports) {
    writeFileSync(join(folder, `${report.id}.jsonl`), JSON.stringify(report));
    run(['ingest', join(folder, `${report.id}.jsonl`), '--store', store]);
  }
  if (reports.length) run(['link', '--store', store]);
  for (const { name, role, password } of users) run(['user', 'add', name, '--role', role, '--store', store], password);
  const server = spawn(program, ['serve', '--store', store, '--listen', `127.0.0.1:${port}`, '--log', 'quiet', ...args], {
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, USER: 'layla', ...env },
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', (line) => resolve(line.replace(/\/$/, '')));
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
  return {
    url,
    close: async () => {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the browser. */
export function browse() {
  return chromium.launch({
    executablePath: browserPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-features=LocalNetworkAccessChecks'],
  });
}

// With DIST=1 pages come from web/dist as it is now, under the server's own policy, so that the program need not be built again.
async function fromDist(route, url) {
  const { pathname } = new URL(route.request().url());
  const file = join(root, 'web/dist', pathname);
  const path = pathname !== '/' && existsSync(file) ? file : join(root, 'web/dist/index.html');
  const policy = (await fetch(url)).headers.get('content-security-policy');
  await route.fulfill({ path, headers: { 'content-security-policy': policy, 'content-type': KINDS[path.split('.').pop()] ?? 'application/octet-stream' } });
}
const KINDS = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', json: 'application/json', svg: 'image/svg+xml' };

/** A page that tells of everything that should not happen: errors, requests to other hosts, what the policy refused. */
export async function page(browser, url, lang, { hosts = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: lang === 'ar' ? 'ar' : 'en-GB', acceptDownloads: true, ...options });
  // A build server may be busy with other things.
  context.setDefaultTimeout(90_000);
  if (process.env.DIST) await context.route((at) => at.origin === url && !at.pathname.startsWith('/api'), (route) => fromDist(route, url));
  const tab = await context.newPage();
  const wrong = [];
  tab.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  tab.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409)/.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  tab.on('request', (request) => {
    const of = new URL(request.url()).origin;
    if (!/^(blob|data):/.test(request.url()) && of !== url && !hosts.includes(of)) wrong.push(`asked ${request.url()}`);
  });
  return { tab, wrong, context };
}
