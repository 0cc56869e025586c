// Decides how the studio is built and how a development server reaches the API.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['SOURCEWRIGHT_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/v1': { target: server, ws: true } } },
  build: {
    target: 'es2024',
    cssTarget: ['chrome125', 'firefox125', 'safari17.5'],
    // A strict content security policy forbids data: fonts and images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
