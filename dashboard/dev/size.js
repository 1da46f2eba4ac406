/** What a browser has to fetch, gzipped: the pages' whole build and each page by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../../server/src/main/resources/dashboard/', import.meta.url));
const size = (name) => gzipSync(readFileSync(root + name), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile())
  .map((f) => `${f.parentPath}/${f.name}`.replace(/\/+/g, '/').slice(root.length));

for (const page of ['index.html', 'c/index.html']) {
  const html = readFileSync(root + page, 'utf8');
  const parts = files.filter((name) => html.includes(`/${name}`));
  console.log(`${page}: ${kilobytes([page, ...parts].reduce((sum, name) => sum + size(name), 0))}`);
}
const all = files.reduce((sum, name) => sum + size(name), 0);
console.log(`all: ${kilobytes(all)}`);
if (all > 150_000) process.exit(1);
