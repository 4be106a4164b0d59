// After the build: packs what is text, and tells how large the scripts are; they must
// stay below a bar together, pages and worker of the map among them.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

// kB of all scripts, packed.
const BAR = 450;
const dist = new URL('../dist', import.meta.url).pathname;
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
let scripts = 0;
for (const entry of files) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  if (entry.name === '.gitignore') continue;
  if (entry.name.endsWith('.gz')) { rmSync(path); continue; }
  if (!/\.(js|mjs|css|html|json|svg)$/.test(entry.name)) continue;
  const packed = gzipSync(readFileSync(path), { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  if (/\.m?js$/.test(entry.name)) {
    scripts += packed.length;
    console.log(`${(packed.length / 1000).toFixed(1).padStart(8)} kB  ${relative(dist, path)}`);
  }
}
console.log(`scripts_gzip_kb=${(scripts / 1000).toFixed(1)}`);
if (scripts / 1000 > BAR) {
  console.error(`the scripts have ${(scripts / 1000).toFixed(1)} kB gzip, more than the ${BAR} that are allowed; see what grew in the list above`);
  process.exit(1);
}
