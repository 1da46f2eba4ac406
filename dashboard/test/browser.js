/** The report in the system's Chromium, opened as a file. Whatever the page may never do is noted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ROOT } from './published';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.effectiveDirective, e.blockedURI))`;

/** How a person's browser is set. */
export const LOOKS = {
  english: { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1200, height: 900 } },
  korean: { locale: 'ko-KR', colorScheme: 'dark', viewport: { width: 1200, height: 900 } },
  phone: { locale: 'ko-KR', colorScheme: 'light', viewport: { width: 400, height: 800 }, hasTouch: true },
};

export function launch() {
  const executablePath = process.env.PATH.split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (!executablePath) throw new Error('chromium is missing: ./sunchak test says what to install, or installs it');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** The built page as a bench leaves it: with results and runs in it, as bench's ReportPage writes it. */
export class Report {
  trouble = [];
  #folder = mkdtempSync(join(tmpdir(), 'sunchak-report-'));

  static async open(browser, look, data) {
    const report = new Report();
    const built = readFileSync(`${ROOT}bench/src/main/resources/report/report.html`, 'utf8');
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    const file = join(report.#folder, 'report.html');
    writeFileSync(file, built.replace('id="data">null<', () => `id="data">${json}<`));
    report.context = await browser.newContext({ ...look, deviceScaleFactor: 2, reducedMotion: 'reduce' });
    // Not by a script element, which the page's policy would have to allow.
    await report.context.addInitScript(AXE);
    await report.context.addInitScript(TELL_VIOLATIONS);
    const page = await report.context.newPage();
    const address = pathToFileURL(file).href;
    page.on('request', (request) => request.url() !== address && report.trouble.push(`request to ${request.url().slice(0, 100)}`));
    page.on('console', (message) => report.trouble.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => report.trouble.push(`uncaught: ${error}`));
    page.on('dialog', (dialog) => {
      report.trouble.push(`pop-up: ${dialog.message()}`);
      dialog.dismiss();
    });
    await page.goto(address);
    report.page = page;
    return report;
  }

  /** What axe-core finds, in light and in dark. */
  async violations() {
    const found = [];
    for (const colorScheme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme });
      const all = await this.page.evaluate(async () =>
        (await globalThis.axe.run()).violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary}`)}`),
      );
      found.push(...all.map((one) => `${colorScheme}: ${one}`));
    }
    return found;
  }

  text() {
    return this.page.locator('body').innerText();
  }

  async close() {
    await this.context.close();
    rmSync(this.#folder, { recursive: true });
  }
}
