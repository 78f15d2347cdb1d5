import './tracker'; // first: it instruments every App, Page and Component registered after it
import { createSSRApp } from 'vue';
import App from './App.vue';
import { uniAppTaps } from './tracker';

export function createApp() {
  const app = createSSRApp(App);
  app.use(uniAppTaps);
  return { app };
}
