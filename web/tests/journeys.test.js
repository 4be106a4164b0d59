// What an analyst and a reviewer do, in both languages; axe on every page; screenshots for docs/.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { browse, free, page, serve, shots } from './observatory.js';

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const words = Object.fromEntries(['ar', 'en'].map((lang) => [lang, JSON.parse(readFileSync(new URL(`../src/i18n/${lang}.json`, import.meta.url), 'utf8'))]));
let browser;
before(async () => { browser = await browse(); });
after(async () => { await browser.close(); });

async function audit(tab, name) {
  // The policy of the pages lets no test put a script into them: it is run by the browser itself.
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const grave = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  const told = grave.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200) + '\n    ' + (node.failureSummary ?? '').replaceAll('\n', ' ')).join('\n  ')}`);
  assert.equal(grave.length, 0, `${name}\n${told.join('\n')}`);
}

/** Nothing stands beyond the edge of the screen, but for what scrolls by itself. */
async function flows(tab, name) {
  const wide = await tab.evaluate(() => {
    const beyond = (box) => Math.max(box.right - innerWidth, -box.left);
    const scrolls = (element) => element.closest('.scroll, header nav, .spots, .canvas, .skip, .hidden, svg');
    const out = [...document.querySelectorAll('body *')].filter((element) => beyond(element.getBoundingClientRect()) > 1 && !scrolls(element));
    return { page: document.documentElement.scrollWidth - innerWidth, out: out.slice(0, 4).map((element) => `${element.outerHTML.slice(0, 120)} ${beyond(element.getBoundingClientRect()).toFixed(0)}px`) };
  });
  assert.ok(wide.page <= 1 && wide.out.length === 0, `${name}: the page is ${wide.page} pixels too wide\n${wide.out.join('\n')}`);
}

for (const lang of ['en', 'ar']) {
  const t = words[lang];
  describe(`in ${lang}`, () => {
    let served;
    before(async () => { served = await serve(); });
    after(async () => { await served.close(); });

    test('an incident is found on the map and its evidence read', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}`);
      assert.equal(await tab.evaluate(() => document.documentElement.dir), lang === 'ar' ? 'rtl' : 'ltr');
      await tab.waitForSelector('.canvas[data-ready=true]');
      await tab.waitForSelector('.spots button', { state: 'attached' });
      await tab.waitForSelector('.list article');
      await tab.waitForTimeout(1500);
      await tab.screenshot({ path: join(shots, `observatory-map-${lang}.png`) });
      // Only what is told exactly is a point: the browser draws as many features as the server gives.
      const single = tab.locator('.spots button[data-count="1"]').first();
      await single.focus();
      await single.press('Enter');
      await tab.locator('.here h3 a').first().click();
      await tab.waitForURL(/\/incidents\/[0-9a-f]+/);
      const mark = tab.locator('.mark[data-slot=action]').first();
      await mark.waitFor();
      await mark.click();
      assert.equal(await mark.getAttribute('aria-pressed'), 'true');
      assert.ok(await tab.locator('tr.chosen').count() > 0, 'the value of the chosen words is shown');
      const told = await tab.locator('tr.chosen .words').first().textContent();
      assert.equal((await mark.textContent()).trim(), told.trim(), 'the words of the value are the words of the text');
      await tab.screenshot({ path: join(shots, `observatory-incident-${lang}.png`), fullPage: true });
      // Filters are in the address, and the address is the view.
      await tab.goto(`${served.url}/?lang=${lang}&action=car_bomb`);
      await tab.waitForSelector('.list article');
      const n = await tab.locator('.list article').count();
      assert.ok(n >= 1 && n < 20);
      await tab.locator('input[type=search]').fill('zzz');
      await tab.waitForURL(/text=zzz/);
      await tab.getByText(t.none).waitFor();
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('a place on the map itself opens its incidents', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}&action=car_bomb`);
      await tab.waitForSelector('.canvas[data-ready=true]');
      await tab.waitForSelector('.spots button', { state: 'attached' });
      await tab.waitForTimeout(2500);
      // The view was fitted to what is there, so that the middle of the map is the middle of its incidents.
      const box = await tab.locator('.canvas canvas').boundingBox();
      const count = await tab.locator('.spots button').count();
      if (count === 1) await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      else await tab.locator('.spots button').first().press('Enter');
      await tab.waitForSelector('.here article');
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('a toll is put right, and taken back', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}&killed_min=2&sort=deadliest`);
      await tab.locator('.list h3 a').first().click();
      await tab.waitForSelector('#review-title');
      const best = () => tab.locator('.tolls tbody tr').first().locator('td.best').textContent();
      const was = await best();
      const group = await tab.locator('select[name=field]').evaluate((select) => [...select.options].map((option) => option.value).find((value) => value === 'killed/all') ?? '');
      assert.equal(group, 'killed/all');
      await tab.locator('select[name=field]').selectOption('killed/all');
      await tab.locator('input[name=low]').fill('70');
      await tab.locator('input[name=best]').fill('71');
      await tab.locator('input[name=high]').fill('72');
      await tab.locator('.reason input').fill('a list of names');
      await tab.locator('fieldset button.main').click();
      await tab.waitForFunction(() => [...document.querySelectorAll('.tolls td.best')].some((cell) => cell.textContent === '71'));
      await tab.locator('.history q', { hasText: 'a list of names' }).waitFor();
      await tab.screenshot({ path: join(shots, `observatory-review-${lang}.png`), fullPage: true });
      await tab.locator('[data-undo=review]').first().click();
      await tab.waitForFunction(() => ![...document.querySelectorAll('.tolls td.best')].some((cell) => cell.textContent === '71'));
      assert.equal(await best(), was);
      assert.equal(await tab.locator('.history li').count(), 2, 'both stay in the history');
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('two incidents are merged, and parted again', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      const total = async () => (await (await fetch(`${served.url}/api/incidents`)).json()).total;
      const before = await total();
      const ids = (await (await fetch(`${served.url}/api/incidents?limit=2&sort=oldest`)).json()).incidents.map((one) => one.id);
      await tab.goto(`${served.url}/incidents/${ids[0]}?lang=${lang}`);
      await tab.locator('input[pattern]').fill(ids[1]);
      await tab.locator('input[pattern]').press('Enter');
      await tab.waitForURL((url) => !url.pathname.endsWith(ids[0]));
      await tab.waitForSelector('[data-undo=merge]');
      assert.equal(await total(), before - 1);
      await tab.locator('[data-undo=merge]').first().click();
      await tab.waitForURL((url) => url.pathname.endsWith(ids[0]) || url.pathname.endsWith(ids[1]));
      assert.equal(await total(), before);
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('an event that is none is taken out, and one that was not seen is added', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      const total = async () => (await (await fetch(`${served.url}/api/incidents`)).json()).total;
      const before = await total();
      const list = (await (await fetch(`${served.url}/api/incidents?limit=100&sort=least_sure`)).json()).incidents;
      const details = await Promise.all(list.map(async (one) => (await fetch(`${served.url}/api/incidents/${one.id}`)).json()));
      const { id } = details.find((one) => one.incident.events.length === 1).incident;
      await tab.goto(`${served.url}/incidents/${id}?lang=${lang}`);
      await tab.locator('[data-none]').first().click();
      await tab.locator('.event ~ form input').first().fill('a sentence about sport');
      await tab.locator('[data-drop]').click();
      await tab.waitForURL((url) => !url.pathname.endsWith(id));
      assert.equal(await total(), before - 1);
      await tab.goto(`${served.url}/review?lang=${lang}`);
      await tab.locator('.amended td', { hasText: 'a sentence about sport' }).waitFor();
      await tab.locator('.amended [data-undo=drop]').first().click();
      await tab.waitForURL((url) => url.pathname.endsWith(id));
      assert.equal(await total(), before);
      const mark = tab.locator('.mark[data-slot=action]').first();
      const words = (await mark.textContent()).trim();
      await tab.locator('.add summary').first().click();
      await tab.locator('.add input[name=words]').first().fill(words);
      await tab.locator('.add select[name=action]').first().selectOption('abduction');
      await tab.locator('.add input[name=killed]').first().fill('3');
      await tab.locator('.add button.main').first().click();
      await tab.locator('[data-undo=event_added]').waitFor();
      const detail = await (await fetch(`${served.url}/api${new URL(tab.url()).pathname}`)).json();
      assert.equal(detail.summary.action, 'abduction');
      assert.equal(detail.summary.killed.best, 3);
      const added = new URL(tab.url()).pathname;
      await tab.locator('[data-undo=event_added]').first().click();
      // To an incident that the report tells.
      await tab.waitForURL((url) => url.pathname.startsWith('/incidents/') && url.pathname !== added);
      assert.equal(await total(), before);
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('words in the text of a report are found', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}`);
      await tab.waitForSelector('.list article');
      await tab.locator('input[type=search]').fill('طابقين');
      await tab.waitForURL(/text=/);
      await tab.waitForFunction(() => document.querySelectorAll('.list article').length === 1);
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('who takes part is put right', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}&action=car_bomb`);
      await tab.locator('.list h3 a').first().click();
      await tab.waitForSelector('#review-title');
      const id = new URL(tab.url()).pathname;
      const parts = async () => (await (await fetch(`${served.url}/api${id}`)).json()).incident.participants.map((part) => part.actor);
      const was = await parts();
      await tab.locator('select[name=field]').selectOption('participants');
      await tab.getByRole('button', { name: t.field.add_part }).click();
      await tab.locator('select[name=actor]').last().selectOption('civilians');
      await tab.locator('fieldset button.main').click();
      await tab.locator('[data-undo=review]').first().waitFor();
      assert.deepEqual(await parts(), [...was, 'civilians']);
      await tab.locator('[data-undo=review]').first().click();
      await tab.locator('[data-undo=review]').first().waitFor({ state: 'detached' });
      assert.deepEqual(await parts(), was);
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('the queue is worked with the keyboard alone', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/review?lang=${lang}`);
      await tab.waitForSelector('ol.queue article');
      const first = await tab.locator('ol.queue h3 a').nth(1).getAttribute('href');
      await tab.keyboard.press('j');
      assert.equal(await tab.evaluate(() => document.activeElement.getAttribute('href')), first);
      await tab.keyboard.press('r');
      await tab.waitForFunction((href) => !document.querySelector(`ol.queue a[href="${href}"]`), first);
      const detail = await (await fetch(`${served.url}/api${first}`)).json();
      assert.equal(detail.summary.state, 'reviewed');
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('tables and pictures are exported', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}&killed_min=1`);
      await tab.locator('details summary.button').click();
      const [table] = await Promise.all([tab.waitForEvent('download'), tab.locator('a[href*="/api/export/hxl"]').click()]);
      const csv = readFileSync(await table.path(), 'utf8');
      assert.match(csv, /^id,date_start/);
      await tab.goto(`${served.url}/trends?lang=${lang}`);
      await tab.waitForSelector('.drawing svg rect');
      await tab.screenshot({ path: join(shots, `observatory-trends-${lang}.png`) });
      for (const [name, magic] of [[t.trends.svg, '<svg'], [t.trends.csv, 'period,documents'], [t.trends.png, 'PNG']]) {
        const [file] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('button', { name }).click()]);
        assert.ok(readFileSync(await file.path(), 'latin1').slice(0, 40).includes(magic), name);
      }
      assert.deepEqual(wrong, []);
      await context.close();
    });

    test('a pasted text is coded', async () => {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/try?lang=${lang}`);
      await tab.getByRole('button', { name: t.try.example }).click();
      await tab.waitForSelector('.mark');
      assert.ok(await tab.locator('.event').count() > 2);
      await tab.screenshot({ path: join(shots, `observatory-try-${lang}.png`) });
      assert.deepEqual(wrong, []);
      await context.close();
    });

    for (const theme of ['light', 'dark']) {
      test(`axe finds nothing grave on any page (${theme})`, async () => {
        const { tab, wrong, context } = await page(browser, served.url, lang);
        const id = (await (await fetch(`${served.url}/api/incidents?sort=most_told`)).json()).incidents[0].id;
        for (const path of ['/', `/incidents/${id}`, '/trends', '/sources', '/try', '/review', '/quality', '/docs', '/nowhere']) {
          await tab.goto(`${served.url}${path}?lang=${lang}&theme=${theme}`);
          await tab.waitForSelector('h1', { state: 'attached' });
          await tab.waitForLoadState('networkidle');
          if (path === '/try') {
            await tab.getByRole('button', { name: t.try.example }).click();
            await tab.waitForSelector('.mark');
          }
          if (theme === 'dark' && path === '/') { await tab.waitForTimeout(1500); await tab.screenshot({ path: join(shots, `observatory-dark-${lang}.png`) }); }
          if (path === '/sources' && theme === 'light') await tab.screenshot({ path: join(shots, `observatory-sources-${lang}.png`) });
          await audit(tab, `${path} ${lang} ${theme}`);
        }
        assert.deepEqual(wrong, []);
        await context.close();
      });
    }

    test('a narrow screen shows everything without scrolling sideways', async () => {
      const id = (await (await fetch(`${served.url}/api/incidents?sort=most_told`)).json()).incidents[0].id;
      for (const width of [320, 360]) {
        const { tab, wrong, context } = await page(browser, served.url, lang, { viewport: { width, height: 740 } });
        for (const path of ['/', `/incidents/${id}`, '/trends', '/sources', '/try', '/review', '/quality', '/docs', '/nowhere']) {
          await tab.goto(`${served.url}${path}?lang=${lang}`);
          await tab.waitForSelector('h1', { state: 'attached' });
          await tab.waitForLoadState('networkidle');
          await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
          await flows(tab, `${path} at ${width} in ${lang}`);
          if (width === 320 && ['/sources', `/incidents/${id}`].includes(path)) await audit(tab, `${path} at ${width} in ${lang}`);
          if (path.startsWith('/incidents') && width === 360) {
            await tab.evaluate(() => scrollTo(0, 0));
            await tab.screenshot({ path: join(shots, `observatory-phone-${lang}.png`) });
          }
        }
        assert.deepEqual(wrong, []);
        await context.close();
      }
    });
  });
}

describe('with accounts', () => {
  let served;
  const password = 'eight grey cranes';
  before(async () => { served = await serve({ users: ['viewer', 'editor', 'administrator'].map((role) => ({ name: role, role, password })) }); });
  after(async () => { await served.close(); });
  const enter = async (tab, name) => {
    await tab.locator('input[name=username]').fill(name);
    await tab.locator('input[name=password]').fill(password);
    await tab.locator('form button.main').click();
    await tab.waitForSelector('.list article');
  };

  test('nothing is shown before the login, and each role has its pages', async () => {
    for (const lang of ['en', 'ar']) {
      const { tab, wrong, context } = await page(browser, served.url, lang);
      await tab.goto(`${served.url}/?lang=${lang}`);
      await tab.waitForSelector('input[name=username]');
      assert.equal(await tab.locator('article').count(), 0);
      await audit(tab, `login ${lang}`);
      await enter(tab, 'viewer');
      assert.equal(await tab.locator('a[href="/review"]').count(), 0);
      await tab.getByRole('button', { name: words[lang].who.logout }).click();
      await tab.waitForSelector('input[name=username]');
      await enter(tab, 'administrator');
      await tab.locator('a[href="/people"]').click();
      await tab.waitForSelector('tbody tr');
      assert.equal(await tab.locator('tbody tr').count(), 3);
      await audit(tab, `people ${lang}`);
      assert.deepEqual(wrong, []);
      await context.close();
    }
  });
});

describe('the public view', () => {
  test('holds what may be published, in both languages', async () => {
    const served = await serve({ args: ['--public'] });
    try {
      for (const lang of ['en', 'ar']) {
        const { tab, wrong, context } = await page(browser, served.url, lang);
        await tab.goto(`${served.url}/?lang=${lang}`);
        await tab.waitForSelector('.list article');
        await tab.waitForSelector('.banner');
        await tab.waitForSelector('.canvas[data-ready=true]');
        await audit(tab, `public ${lang}`);
        await tab.locator('.list h3 a').first().click();
        await tab.waitForSelector('.cite');
        assert.equal(await tab.locator('#review-title, .history, .mark').count(), 0, 'neither words nor names of people');
        assert.equal(await tab.locator('a[href="/review"], a[href="/quality"]').count(), 0);
        await audit(tab, `public incident ${lang}`);
        await tab.screenshot({ path: join(shots, `observatory-public-${lang}.png`) });
        assert.deepEqual(wrong, []);
        await context.close();
      }
    } finally {
      await served.close();
    }
  });
});

describe('tiles of another host', () => {
  test('are drawn from a file of PMTiles, and nobody else is asked', async () => {
    const { Tiles } = await import('./tiles.js');
    const tiles = await Tiles.serve();
    const served = await serve({ args: ['--tiles', `${tiles.url}/world.pmtiles`] });
    try {
      const { tab, wrong, context } = await page(browser, served.url, 'en', { hosts: [tiles.url] });
      await tab.goto(`${served.url}/?lang=en`);
      await tab.waitForSelector('.canvas[data-ready=true]');
      await tab.waitForTimeout(2500);
      assert.ok(tiles.asked > 1, 'its directory and its tiles');
      assert.deepEqual(wrong, []);
      await context.close();
    } finally {
      await served.close();
      await tiles.close();
    }
  });
});

describe('a provider of OpenID Connect', () => {
  test('names people, who come in with the account that is theirs', async () => {
    const { provide } = await import('./provider.js');
    const port = await free();
    const url = `http://127.0.0.1:${port}`;
    const provider = await provide(`${url}/api/openid/back`);
    const users = [{ name: 'omar', role: 'administrator', password: 'eight grey cranes' }];
    const args = ['--openid', provider.url, '--openid-client', 'marsad', '--openid-role', 'viewer', '--url', url];
    const served = await serve({ users, args, port, env: { MARSAD_OPENID_SECRET: provider.secret } });
    const enter = async (tab, name) => {
      await tab.goto(`${served.url}/?lang=en`);
      await tab.locator('a[href="/api/openid"]').click();
      await tab.locator('input[name=login]').fill(name);
      await tab.locator('input[name=password]').fill('x');
      await tab.locator('[type=submit]').click();
      await tab.waitForSelector('input[name=prompt][value=consent]', { state: 'attached' });
      await tab.locator('[type=submit]').click();
    };
    try {
      const { tab, wrong, context } = await page(browser, served.url, 'en', { hosts: [provider.url] });
      await enter(tab, 'salma');
      await tab.waitForSelector('.list article');
      const who = await tab.evaluate(async () => (await fetch('/api/session')).json());
      assert.deepEqual([who.name, who.role, who.mode], ['salma', 'viewer', 'people']);
      await context.close();
      // Whoever has the name of somebody here is not that person.
      const other = await page(browser, served.url, 'en', { hosts: [provider.url] });
      await enter(other.tab, 'omar');
      await other.tab.waitForURL(/login=unknown/);
      await other.tab.locator('[role=alert]').waitFor();
      assert.equal(await other.tab.locator('article').count(), 0);
      await audit(other.tab, 'login with a provider');
      // An answer that belongs to no login of this browser opens nothing.
      await other.tab.goto(`${served.url}/api/openid/back?code=stolen&state=stolen`);
      await other.tab.waitForURL(/login=refused/);
      // The provider's own page asks for letters of another host, which is its affair.
      const ours = /^error:|Content Security Policy/;
      assert.deepEqual([...wrong, ...other.wrong].filter((told) => ours.test(told)), []);
      await other.context.close();
    } finally {
      await served.close();
      await provider.close();
    }
  });
});

describe('hostile reports', () => {
  test('are words on every page', async () => {
    const hostile = '<img src=x onerror="window.ran=1"><script>window.ran=2</script>';
    const text = `${hostile} 💥 قُتل ثلاثة مدنيين في غارة جوية على بلدة كفرنبل أمس.`;
    const served = await serve({ reports: [{ id: 'x', text, title: `"><svg onload=window.ran=3>${hostile}`, outlet: hostile, url: 'javascript:window.ran=4', published: '2019-07-23' }] });
    try {
      const { tab, wrong, context } = await page(browser, served.url, 'en');
      const quiet = async (where) => assert.equal(await tab.evaluate(() => window.ran), undefined, where);
      const found = (await (await fetch(`${served.url}/api/incidents?outlet=${encodeURIComponent(hostile)}`)).json()).incidents;
      assert.equal(found.length, 1);
      for (const path of ['/', `/incidents/${found[0].id}`, '/sources', '/trends?by=outlet', '/review', `/?text=${encodeURIComponent(hostile)}`, `/?outlet=${encodeURIComponent(hostile)}`, `/${encodeURIComponent(hostile)}`]) {
        await tab.goto(served.url + path);
        await tab.waitForLoadState('networkidle');
        await tab.waitForTimeout(300);
        await quiet(path);
      }
      await tab.goto(`${served.url}/incidents/${found[0].id}`);
      const shown = await tab.locator('p.text').textContent();
      assert.equal(shown.trim(), text, 'the text is shown whole, as text');
      assert.equal(await tab.locator('a[href^="javascript"]').count(), 0);
      const trigger = await tab.locator('.mark[data-slot=action]').first().textContent();
      assert.match(trigger.trim(), /^[\p{L}\p{M}\s]+$/u, 'offsets count code points');
      await tab.goto(`${served.url}/try`);
      await tab.locator('textarea[name=text]').fill(text);
      await tab.locator('form button.main').click();
      await tab.waitForSelector('.mark');
      await quiet('/try');
      assert.equal((await tab.locator('p.text').textContent()).trim(), text);
      assert.deepEqual(wrong, []);
      await context.close();
    } finally {
      await served.close();
    }
  });
});
