import { createHash } from 'node:crypto';
import { defineConfig } from 'vitest/config';
import pages from './vite.config.ts';

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Puts script and styles into the page, and the policy that lets nothing run but them and fetches nothing. */
function whole() {
  return {
    name: 'whole',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['report.html'];
      if (page?.type !== 'asset') throw new Error('no page was built');
      let html = String(page.source);
      let script = '';
      let styles = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file === page) continue;
        if (file.type === 'chunk') script += file.code;
        else styles += String(file.source);
        delete bundle[name];
      }
      script = script.replaceAll('</script', '<\\/script');
      html = html.replaceAll(/\s*<(script type="module"[^>]*src=[^>]*><\/script>|link rel="stylesheet"[^>]*>)/g, '');
      const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(styles)}; base-uri 'none'; form-action 'none'`;
      const head = `    <meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <style>${styles}</style>\n  </head>`;
      // Functions, because a replacement text gives a meaning to each $.
      page.source = html
        .replace('  </head>', () => head)
        .replace('  </body>', () => `    <script type="module">${script}</script>\n  </body>`);
    },
  };
}

/** The bench's report: one file in the bench's resources, into which each bench puts its results. */
export default defineConfig({
  ...pages,
  plugins: [pages.plugins, whole()],
  build: {
    ...pages.build,
    outDir: '../bench/src/main/resources/report',
    rolldownOptions: { input: 'report.html', output: { codeSplitting: false } },
  },
});
