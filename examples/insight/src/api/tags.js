import { analysisOf } from '../analyses/index.js';
import { runPeople } from '../analyses/run.js';

const MAX_PEOPLE = 5_000_000;
const HOUR_MS = 3_600_000;

/**
 * Names for groups of people, each a saved segment, computed once a night: who bears a tag stays the same all day.
 * Kept in memory: they follow from events and settings, so a start computes them anew.
 */
export const createTags = ({ store, settings, today, segments }) => {
  let people = new Map();
  /** The person of an installation that is not its own, of those who bear a tag. */
  let persons = new Map();
  let computedFor = null;
  let timer;

  const compute = async () => {
    const day = today();
    const found = new Map();
    for (const { name, segment } of settings.get('tags')) {
      const saved = segments().get(segment);
      if (!saved) continue;
      const { analysis, params, cell, common } = saved;
      const { people: members } = await runPeople(
        store(),
        analysisOf(analysis),
        { ...common, ...params, unit: 'persons' },
        cell || {},
        { today: day, segments: segments() },
        { limit: MAX_PEOPLE },
      );
      found.set(name, new Set(members));
    }
    const tagged = new Set([...found.values()].flatMap((members) => [...members]));
    const joined = tagged.size ? await store().query('SELECT anonymous_id, person FROM persons') : [];
    people = found;
    persons = new Map(joined.filter(({ person }) => tagged.has(person)).map((row) => [row.anonymous_id, row.person]));
    computedFor = day;
  };
  const of = (person) => [...people].filter(([, members]) => members.has(person)).map(([name]) => name);
  return {
    compute,
    /** Looks every hour whether a new day has begun in the zone of the shop. */
    start: (onError) => {
      timer = setInterval(() => computedFor !== today() && compute().catch(onError), HOUR_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
    list: () =>
      settings.get('tags').map((tag) => ({ ...tag, people: people.get(tag.name)?.size ?? null, computed_for: computedFor })),
    of,
    ofInstallation: (anonymousId) => of(persons.get(anonymousId) ?? anonymousId),
  };
};
