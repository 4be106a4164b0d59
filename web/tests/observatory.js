// A real observatory of the example reports, a real server, and a real browser.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.MARSAD ?? join(root, 'target/release/marsad');
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const shots = join(root, 'docs');

/** Makes an observatory and serves it. */
export async function serve({ users = [], reports = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'marsad-web-'));
  const store = join(folder, 'observatory');
  const run = (args, input) => execFileSync(program, args, { cwd: root, input, stdio: ['pipe', 'pipe', 'pipe'] });
  run(['init', store]);
  run(['ingest', 'examples/articles.jsonl', '--store', store]);
  for (const report of reports) {
    writeFileSync(join(folder, `${report.id}.jsonl`), JSON.stringify(report));
    run(['ingest', join(folder, `${report.id}.jsonl`), '--store', store]);
  }
  run(['link', '--store', store]);
  for (const { name, role, password } of users) run(['user', 'add', name, '--role', role, '--store', store], password);
  const server = spawn(program, ['serve', '--store', store, '--listen', '127.0.0.1:0', '--log', 'quiet'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, USER: 'layla' } });
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
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page that tells of everything that should not happen: errors, requests to other hosts, what the policy refused. */
export async function page(browser, url, lang, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: lang === 'ar' ? 'ar' : 'en-GB', acceptDownloads: true, ...options });
  const tab = await context.newPage();
  const wrong = [];
  tab.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  tab.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409)/.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  tab.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== url) wrong.push(`asked ${request.url()}`);
  });
  return { tab, wrong, context };
}
