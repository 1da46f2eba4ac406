import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The build is committed and compared byte for byte, so nothing in it may depend on where it was built.
export default defineConfig({
  // Relative: the pages may stand below a proxy's prefix, which nobody tells this build.
  base: './',
  plugins: [
    svelte({
      compilerOptions: { runes: true, cssHash: ({ hash, css }) => `s-${hash(css)}` },
    }),
  ],
  build: {
    outDir: '../server/src/main/resources/dashboard',
    emptyOutDir: true,
    target: ['chrome123', 'firefox124', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { input: { index: 'index.html', c: 'c/index.html' } },
  },
  test: { include: ['test/**/*.test.{ts,js}'] },
});
