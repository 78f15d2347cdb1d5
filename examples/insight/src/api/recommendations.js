import { addDays } from '../analyses/days.js';
import { analysisOf } from '../analyses/index.js';
import { runAnalysis } from '../analyses/run.js';

const DAYS = 90;
const REBUILD_MS = 600_000;

const groupBy = (rows, key, value) => {
  const map = new Map();
  for (const row of rows) map.set(row[key], [...(map.get(row[key]) || []), value(row)]);
  return map;
};

/**
 * What to show beside a product and to a visitor: computed every 10 minutes, answered from memory. Never what the visitor
 * bought, nor what is out of stock; where nothing was bought together yet, the most bought of the category.
 */
export const createRecommendations = ({ store, today, outOfStock }) => {
  let tables = {
    together: new Map(),
    viewed: new Map(),
    bought: new Map(),
    popular: [],
    categories: new Map(),
    built_at: null,
  };
  let timer;

  const rebuild = async () => {
    const to = today();
    const given = { from: addDays(to, -DAYS), to };
    const of = async (id, more) => (await runAnalysis(store(), analysisOf(id), { ...given, ...more }, { today: to })).rows;
    const together = await of('boughtTogether', { each: 50 });
    const viewed = await of('viewedThenBought', { each: 50 });
    const ranked = await of('products', { rank: 'pieces', top: 5000 });
    const paid = await store().query(
      `SELECT DISTINCT coalesce(p.person, it.anonymous_id) AS person, it.product_id AS product_id FROM items AS it LEFT JOIN persons AS p ON p.anonymous_id = it.anonymous_id WHERE it.name = 'order_paid'`,
    );
    const categories = await store().query(
      'SELECT product_id, max(category) AS category FROM items WHERE product_id IS NOT NULL GROUP BY 1',
    );
    tables = {
      together: groupBy(together, 'product_id', ({ other_id, orders, lift }) => ({ product_id: other_id, orders, lift })),
      viewed: groupBy(viewed, 'product_id', ({ other_id, people }) => ({ product_id: other_id, people })),
      bought: new Map(
        [...groupBy(paid, 'person', ({ product_id }) => product_id)].map(([person, ids]) => [person, new Set(ids)]),
      ),
      popular: ranked.filter(({ pieces }) => pieces > 0).map(({ product_id, pieces }) => ({ product_id, pieces })),
      categories: new Map(categories.map(({ product_id, category }) => [product_id, category])),
      built_at: Date.now(),
    };
  };

  return {
    rebuild,
    start: (onError) => {
      timer = setInterval(() => rebuild().catch(onError), REBUILD_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
    builtAt: () => tables.built_at,
    /** `kind` is `together` or `viewed`; without a product, what is bought most. */
    answer: ({ product, person, kind = 'together', limit = 10 }) => {
      const { together, viewed, bought, popular, categories, built_at } = tables;
      const gone = new Set([...outOfStock(), ...(bought.get(person) || []), product]);
      const found = ((kind === 'viewed' ? viewed : together).get(product) || [])
        .filter(({ product_id }) => !gone.has(product_id))
        .map((each) => ({ ...each, why: kind }));
      for (const { product_id } of found) gone.add(product_id);
      const category = categories.get(product);
      const rest = popular
        .filter(({ product_id }) => !gone.has(product_id) && (!category || categories.get(product_id) === category))
        .map((each) => ({ ...each, why: 'popular' }));
      return { product: product ?? null, built_at, products: [...found, ...rest].slice(0, limit) };
    },
  };
};
