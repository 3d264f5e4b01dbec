// SPDX-License-Identifier: Apache-2.0
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// A booted appliance for `npm run dev`; its certificate is its own, so it is not checked here.
const appliance = process.env.SOLERA_URL ?? 'https://127.0.0.1:8443';
const proxied = { target: appliance, secure: false, changeOrigin: true };

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': proxied, '/metrics': proxied, '/signin/oidc': proxied },
  },
  build: {
    outDir: process.env.SOLERA_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    // Evergreen browsers of the last three years.
    target: ['chrome111', 'firefox115', 'safari16.4'],
    // The handler serves precompressed files; a data: address would need a hole in the content policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: 'manifest.json',
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
  },
});
