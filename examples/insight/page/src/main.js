import { createApp } from 'vue';
import App from './App.vue';
import { PALETTES } from './palette.js';
import './style.css';

const rule = (theme, selector) => {
  const variables = Object.entries(PALETTES[theme]).map(([name, color]) => `--${name}:${color}`);
  return `${selector}{color-scheme:${theme};${variables.join(';')}}`;
};
// Paper is white, whatever the screen is.
const rules = `${rule('light', ':root')}@media screen{${rule('dark', '[data-theme=dark]')}}`;
document.head.append(Object.assign(document.createElement('style'), { textContent: rules }));
createApp(App).mount('#app');
