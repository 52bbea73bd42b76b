import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds the API; the built portal is served by the gateway on the API's own origin. */
const gateway = new URL(process.env['LEGENDOPS_GATEWAY'] ?? 'http://localhost:8080').origin;

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwind()],
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
    // zod and its configuration in one chunk: it runs before any chunk that makes a schema.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|zod-without-eval/ }] } },
    },
  },
});
