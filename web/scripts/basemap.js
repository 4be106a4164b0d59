// Makes the base map of the outlines and the tables of places in languages/ar/places, which SOURCES.md there tells the origin of:
// countries and first-order divisions as GeoJSON, with the points and names for their labels.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const places = new URL('../../languages/ar/places/', import.meta.url);
const out = new URL('../public/base/', import.meta.url);
const json = (name) => JSON.parse(readFileSync(new URL(`outlines/${name}`, places), 'utf8'));

function table(name) {
  const [head, ...lines] = readFileSync(new URL(`generated/${name}`, places), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, n) => [columns[n], value])));
}

const twice = (ring) => ring.reduce((sum, [x, y], n) => {
  const [u, v] = ring[(n + 1) % ring.length];
  return sum + x * v - u * y;
}, 0);

const inside = ([x, y], ring) => ring.reduce((odd, [a, b], n) => {
  const [c, d] = ring[(n + ring.length - 1) % ring.length];
  return (b > y) !== (d > y) && x < ((c - a) * (y - b)) / (d - b) + a ? !odd : odd;
}, false);

// Rings are not ordered: one that lies in another is a hole of it.
function polygons(rings) {
  const sorted = rings.map((ring) => ({ ring, size: Math.abs(twice(ring)) })).sort((a, b) => b.size - a.size);
  const found = [];
  for (const { ring } of sorted) {
    const around = found.find((polygon) => inside(ring[0], polygon[0]) && inside(ring[Math.floor(ring.length / 2)], polygon[0]));
    if (around) around.push(ring);
    else found.push([ring]);
  }
  return found;
}

const feature = ({ iso, name, rings }) => ({
  type: 'Feature',
  properties: { iso, name: name.replace(/ *\(.*\)$/, '') },
  geometry: { type: 'MultiPolygon', coordinates: polygons(rings) },
});

const label = (row, rank) => ({
  type: 'Feature',
  properties: { en: row.english, ar: row.names.split('|')[0].replace(/[()]/g, ''), rank },
  geometry: { type: 'Point', coordinates: [Number(row.lon), Number(row.lat)] },
});

const collection = (features) => JSON.stringify({ type: 'FeatureCollection', features });
mkdirSync(out, { recursive: true });
writeFileSync(new URL('countries.json', out), collection(json('countries.json').map(feature)));
const divisions = readdirSync(new URL('outlines/', places)).filter((name) => name.startsWith('admin1-')).sort();
writeFileSync(new URL('admin1.json', out), collection(divisions.flatMap(json).map(feature)));
const drawn = new Set(divisions.map((name) => name.slice(7, 9)));
const size = (row) => Number(row.radius_km || 0);
writeFileSync(new URL('labels.json', out), collection([
  ...table('countries.tsv').map((row) => label(row, size(row) > 300 ? 1 : size(row) > 120 ? 2 : 3)),
  ...table('divisions.tsv').filter((row) => row.kind === 'admin1' && drawn.has(row.country)).map((row) => label(row, 4)),
  ...table('cities.tsv').filter((row) => Number(row.population) >= 300000 && drawn.has(row.country)).map((row) => label(row, 5)),
  ...table('cities.tsv').filter((row) => Number(row.population) >= 40000 && Number(row.population) < 300000 && drawn.has(row.country)).map((row) => label(row, 6)),
]));
