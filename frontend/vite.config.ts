import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { contractShapes } from './contract-shapes.ts';
import { precompressed } from './precompressed.ts';

/** Where `vite dev` finds the API; the built portal is served by the gateway on the API's own origin. */
const gateway = new URL(process.env['LEGENDOPS_GATEWAY'] ?? 'http://localhost:8080').origin;

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root,
  plugins: [contractShapes(root.replace(/\/$/, '')), tailwind(), precompressed()],
  // Written against React's API, run by Preact: a seventh of the code on the first load.
  resolve: {
    alias: [
      { find: /^react\/jsx-(dev-)?runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react$/, replacement: 'preact/compat' },
    ],
  },
  // The services refuse what comes from another site than the gateway: to them a page of this server is one of its pages.
  server: { proxy: { '/api': { target: gateway, changeOrigin: true, headers: { origin: gateway } } } },
  build: {
    outDir: 'dist',
    // Which files a page needs: the check of the first load reads it.
    manifest: true,
    emptyOutDir: true,
    target: 'es2024',
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    // Every browser of the target preloads modules itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // "use client" means something to a server that renders; here is none.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
