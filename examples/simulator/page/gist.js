import { clock, duration, withQuery } from './format.js';
import { sceneName } from './scenes.js';

const PLACES = ['path', 'page_path', 'page'];
const FACTS = 3;
/** What repeats the name of the event, or says little by itself. */
const LEFT_OUT = ['currency', 'x_fraction', 'y_fraction', 'offset_left', 'offset_top', 'kind', 'recovered', 'order_id'];

const isMoment = (key, value) => key.endsWith('_at') && value > 1e12;

const fact = (key, value, { host, language }) => {
  if (key === 'scene') return sceneName(host, value, language);
  if (key.endsWith('_ms')) return key === 'duration_ms' ? duration(value) : `${key.slice(0, -3)} ${duration(value)}`;
  if (isMoment(key, value)) return `${key} ${clock(value).slice(0, 8)}`;
  return `${key} ${value}`;
};

/** The page and the first values in words, so that a row says what it is about before it is opened. */
export const gist = (properties = {}, context) => {
  const place = PLACES.find((key) => typeof properties[key] === 'string');
  const facts = Object.entries(properties)
    .filter(
      ([key, value]) => key !== place && !LEFT_OUT.includes(key) && ['string', 'number', 'boolean'].includes(typeof value),
    )
    .slice(0, FACTS)
    .map(([key, value]) => fact(key, value, context));
  return [...(place ? [withQuery(properties[place], properties.query)] : []), ...facts].join(' · ');
};
