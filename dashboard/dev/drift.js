// Builds the pages anew and compares them, byte for byte, with what the server's and the bench's resources hold.
// Fails on any difference.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILDS = [
  { config: 'vite.config.ts', resources: 'server/src/main/resources/dashboard/' },
  { config: 'vite.report.config.js', resources: 'bench/src/main/resources/report/' },
];

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''))
    .sort();
}

function compare({ config, resources }) {
  const kept = fileURLToPath(new URL(`../../${resources}`, import.meta.url));
  const fresh = mkdtempSync(join(tmpdir(), 'sunchak-pages-'));
  try {
    execFileSync('npx', ['vite', 'build', '-c', config, '--logLevel', 'warn', '--outDir', fresh], { stdio: 'inherit' });
    const all = new Set([...files(fresh), ...files(kept)]);
    const differing = [...all].filter((name) => {
      try {
        return !readFileSync(join(fresh, name)).equals(readFileSync(join(kept, name)));
      } catch {
        return true; // on one side only
      }
    });
    if (differing.length > 0) {
      console.error(`${resources} is not the build of its source: ${differing.join(', ')}`);
      console.error('  next: cd dashboard && npm ci && npm run build, and commit what it changes');
      process.exitCode = 1;
    } else {
      console.log(`${resources}: ${all.size} files are the build of their source`);
    }
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

BUILDS.forEach(compare);
