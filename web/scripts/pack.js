// After the build: removes what earlier builds left in dist, packs what is text, and tells how large the scripts are.
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist', import.meta.url).pathname;
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const began = statSync(join(dist, 'index.html')).mtimeMs - 60_000;
let scripts = 0;
for (const entry of files) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (entry.name === '.gitignore') continue;
  if (entry.name.endsWith('.gz')) { rmSync(path); continue; }
  const assets = relative(dist, path).startsWith('assets');
  if (assets && statSync(path).mtimeMs < began) { rmSync(path); continue; }
  if (!/\.(js|mjs|css|html|json|svg)$/.test(entry.name)) continue;
  const packed = gzipSync(readFileSync(path), { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  if (/\.m?js$/.test(entry.name)) {
    scripts += packed.length;
    console.log(`${(packed.length / 1000).toFixed(1).padStart(8)} kB  ${relative(dist, path)}`);
  }
}
console.log(`scripts_gzip_kb=${(scripts / 1000).toFixed(1)}`);
