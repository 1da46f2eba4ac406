// Builds the pages anew and compares them, byte for byte, with what the server's resources hold. Fails on any difference.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kept = new URL('../../server/src/main/resources/dashboard/', import.meta.url).pathname;
const fresh = mkdtempSync(join(tmpdir(), 'sunchak-pages-'));

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''))
    .sort();
}

try {
  execFileSync('npx', ['vite', 'build', '--logLevel', 'warn', '--outDir', fresh], { stdio: 'inherit' });
  const all = new Set([...files(fresh), ...files(kept)]);
  const differing = [...all].filter((name) => {
    try {
      return !readFileSync(join(fresh, name)).equals(readFileSync(join(kept, name)));
    } catch {
      return true; // on one side only
    }
  });
  if (differing.length > 0) {
    console.error(`The server's pages are not the build of their source: ${differing.join(', ')}`);
    console.error('  next: cd dashboard && npm ci && npm run build, and commit what it changes');
    process.exitCode = 1;
  } else {
    console.log(`${all.size} files are the build of their source`);
  }
} finally {
  rmSync(fresh, { recursive: true });
}
