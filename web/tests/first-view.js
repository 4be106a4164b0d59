// Opens the first view with an empty cache, some times, and tells the median until it answers: for bench/first_view.sh.
import { browse, page } from './observatory.js';

const [url, runs] = [process.argv[2].replace(/\/$/, ''), Number(process.argv[3] ?? 5)];
const browser = await browse();
const took = { list: [], interactive: [] };
for (let run = 0; run < runs; run++) {
  const { tab, context } = await page(browser, url, 'en');
  const began = performance.now();
  await tab.goto(`${url}/?lang=en`, { waitUntil: 'commit' });
  await tab.waitForSelector('.list article');
  took.list.push(performance.now() - began);
  await tab.waitForSelector('section svg rect');
  await tab.waitForSelector('.canvas[data-ready=true]');
  await tab.waitForSelector('.spots button', { state: 'attached' });
  // The page answers: what is typed arrives.
  await tab.locator('input[type=search]').evaluate((input) => new Promise((done) => { input.focus(); requestAnimationFrame(done); }));
  took.interactive.push(performance.now() - began);
  await context.close();
}
await browser.close();
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)].toFixed(0);
console.log(`runs=${runs} list_ms=${median(took.list)} interactive_ms=${median(took.interactive)}`);
