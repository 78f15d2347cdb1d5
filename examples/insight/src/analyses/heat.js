import { eventsCte } from './common.js';
import { equal } from './keys.js';

const COLUMNS = 20;
const ROWS = 40;
const cell = (fraction, n) => `CAST(least(${n - 1}, greatest(0, floor(${fraction} * ${n}))) AS BIGINT)`;

/** Where on a page people tap. */
export const heat = {
  id: 'heat',
  group: 'behaviour',
  title: { en: 'Heat map', zh: '点击热力图' },
  definition: {
    en: `Taps on a page by where in the window the finger was, in ${COLUMNS} × ${ROWS} cells; fractions outside of 0 to 1 are clipped. It is the window, not the page: what is scrolled is told by the table of elements.`,
    zh: `按手指在窗口中的位置把点击分入 ${COLUMNS} × ${ROWS} 个格子，超出 0–1 的取边界。位置相对窗口而非页面，滚动后的内容见“元素”表。`,
  },
  params: {
    page: { type: 'text', default: 'pages/index/index', en: 'The page', zh: '页面' },
    minWidth: { type: 'int', min: 0, max: 10_000, default: 0, en: 'Windows at least so wide', zh: '窗口最小宽度' },
    maxWidth: {
      type: 'int',
      min: 1,
      max: 100_000,
      default: 100_000,
      en: 'Windows narrower than that',
      zh: '窗口宽度上限（不含）',
    },
  },
  build: (s, c, { page, minWidth, maxWidth }) => {
    const x = s.number(s.property('x_fraction'));
    const y = s.number(s.property('y_fraction'));
    return {
      ctes: [
        [
          'e',
          eventsCte(s, c, {
            columns: [`${x} AS fx`, `${y} AS fy`],
            where: `ev.name = 'tap' AND ev.page = ${s.text(page)} AND coalesce(ev.window_width, 0) >= ${s.int(minWidth)} AND coalesce(ev.window_width, 0) < ${s.int(maxWidth)}`,
          }),
        ],
        [
          'x',
          `SELECT v, ${cell('fx', COLUMNS)} AS col, ${cell('fy', ROWS)} AS line FROM e WHERE fx IS NOT NULL AND fy IS NOT NULL`,
        ],
      ],
      select: 'SELECT line, col, count(*) AS taps, count(DISTINCT v) AS people FROM x GROUP BY 1, 2 ORDER BY 1, 2',
      people: { from: 'x', keys: { line: equal('int', 'line'), col: equal('int', 'col') } },
      number: 'people',
    };
  },
};
