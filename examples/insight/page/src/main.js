import { createApp } from 'vue';
import App from './App.vue';
import { PALETTES } from './palette.js';
import './style.css';

const rules = Object.entries(PALETTES).map(([theme, colors]) => {
  const variables = Object.entries(colors).map(([name, color]) => `--${name}:${color}`);
  return `[data-theme=${theme}]{color-scheme:${theme};${variables.join(';')}}`;
});
document.head.append(Object.assign(document.createElement('style'), { textContent: rules.join('') }));
createApp(App).mount('#app');
