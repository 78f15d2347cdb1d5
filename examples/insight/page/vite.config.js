import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [vue()],
  // `npx vite` beside a running collector.
  server: { proxy: { '/api': 'http://127.0.0.1:8788' } },
});
