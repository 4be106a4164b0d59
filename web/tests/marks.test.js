// Spans of the API count code points; the pieces of a text must be those words whatever letters stand before them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circle } from '../src/lib/circle.ts';
import { pieces, safeUrl } from '../src/lib/marks.ts';
import { csv } from '../src/lib/save.ts';

const mark = (start, end, slot = 'action', event = 'a#1') => ({ event, slot, start, end });

test('letters beyond the basic plane count once', () => {
  const text = '💥😀 قُصفت بلدة';
  const start = Array.from(text).indexOf('ق');
  const found = pieces(text, [mark(start, start + 5)]);
  assert.equal(found.map((piece) => piece.text).join(''), text);
  assert.equal(found.find((piece) => piece.marks.length)?.text, 'قُصفت'.slice(0, 5));
});

test('overlaps are cut, and the closest comes first', () => {
  const found = pieces('قصف على بلدة', [mark(0, 12, 'toll'), mark(4, 7, 'where'), mark(6, 9, 'when')]);
  assert.deepEqual(found.map((piece) => [piece.text, piece.marks.map((one) => one.slot)]), [
    ['قصف ', ['toll']], ['عل', ['where', 'toll']], ['ى', ['where', 'when', 'toll']], [' ب', ['when', 'toll']], ['لدة', ['toll']],
  ]);
});

test('spans beyond the text do no harm', () => {
  assert.equal(pieces('قصف', [mark(1, 99), mark(50, 60)]).map((piece) => piece.text).join(''), 'قصف');
  assert.deepEqual(pieces('', [mark(0, 5)]), []);
});

test('no link leads anywhere but to the web', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', ' java\nscript:alert(1)', 'vbscript:x', 'file:///etc/passwd', '/x', '', null, undefined]) assert.equal(safeUrl(url), undefined, String(url));
  assert.equal(safeUrl('https://x.example/خبر'), 'https://x.example/%D8%AE%D8%A8%D8%B1');
});

test('tables are quoted, and formulas are not run', () => {
  assert.equal(csv([['a,b', '=1+1', 'say "a"', -3]]), '"a,b",\'=1+1,"say ""a""",-3\r\n');
});

test('a circle is as wide as it says', () => {
  for (const [lat, lon] of [[0, 0], [36, 37], [60, -170]]) {
    for (const [x, y] of circle(lat, lon, 50)) {
      const rad = Math.PI / 180;
      const far = 2 * 6371 * Math.asin(Math.sqrt(Math.sin(((y - lat) * rad) / 2) ** 2 + Math.cos(lat * rad) * Math.cos(y * rad) * Math.sin(((x - lon) * rad) / 2) ** 2));
      assert.ok(Math.abs(far - 50) < 0.01, `${far}`);
    }
  }
});
