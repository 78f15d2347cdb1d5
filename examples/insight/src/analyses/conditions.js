import { fieldSql, fieldText, fieldType, isField } from './fields.js';

const COMPARE = { gt: '>', gte: '>=', lt: '<', lte: '<=' };
export const OPERATORS = ['eq', 'ne', 'in', 'contains', 'set', 'unset', ...Object.keys(COMPARE)];

const isText = (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const isNumber = (value) => isText(value) && typeof value !== 'boolean' && value !== '' && Number.isFinite(Number(value));

/** What is wrong with a filter as it came over HTTP, or `undefined`. */
export const conditionProblem = (condition) => {
  const { field, op = 'eq', value } = condition || {};
  if (!isField(field)) return `no such field: ${String(field).slice(0, 100)}`;
  if (!OPERATORS.includes(op)) return `no such operator: ${String(op).slice(0, 100)}`;
  if (op === 'set' || op === 'unset') return undefined;
  if (op in COMPARE) return isNumber(value) ? undefined : `${op} needs a number`;
  const isNumeric = fieldType(field) === 'number' && op !== 'contains';
  const [isValue, kind] = isNumeric ? [isNumber, 'number'] : [isText, 'value'];
  if (op === 'in') {
    return Array.isArray(value) && value.length > 0 && value.length <= 1000 && value.every(isValue)
      ? undefined
      : `in needs 1 to 1000 ${kind}s`;
  }
  return isValue(value) ? undefined : `${op} needs a ${kind}`;
};

const IS_ASKED = { eq: (value) => value === '', ne: (value) => value === '', in: (values) => values.includes('') };

/**
 * A filter as SQL. Missing is not equal to anything: `ne` keeps events that lack the field. An empty text is what is missing, as a
 * breakdown shows it: `eq ''` is `unset`, `ne ''` is `set`.
 */
export const conditionSql = (s, { field, op = 'eq', value }, from = 'ev') => {
  const sql = fieldSql(s, field, from);
  const type = fieldType(field);
  if (op === 'unset') return type === 'text' ? `coalesce(${sql}, '') = ''` : `${sql} IS NULL`;
  if (op === 'set') return type === 'text' ? `coalesce(${sql}, '') <> ''` : `${sql} IS NOT NULL`;
  if (op in COMPARE) return `${type === 'number' ? sql : s.number(sql)} ${COMPARE[op]} ${s.float(Number(value))}`;
  if (op === 'contains') return `position(${s.text(value)} IN ${fieldText(s, field, from)}) > 0`;
  const asked = IS_ASKED[op](value) ? `coalesce(${sql}, '')` : sql;
  const text = type === 'text' ? asked : `CAST(${sql} AS VARCHAR)`;
  // Numbers as numbers: as a text, an amount of 50 is 50.0000 in DuckDB.
  const [left, literal] = type === 'number' ? [sql, (each) => s.float(Number(each))] : [text, s.text];
  if (op === 'in') return `${left} IN (${value.map(literal).join(', ')})`;
  return op === 'ne' ? `(${left} IS NULL OR ${left} <> ${literal(value)})` : `${left} = ${literal(value)}`;
};

export const conditionsSql = (s, conditions = [], from = 'ev') =>
  conditions.map((condition) => `(${conditionSql(s, condition, from)})`).join(' AND ') || '1 = 1';

/** An event with conditions: a step of a funnel, the first event of a cohort. `event: '*'` is any event. */
export const stepSql = (s, { event, filters }, from = 'ev') =>
  [event === '*' ? '' : `${from}.name = ${s.text(event)}`, filters && filters.length ? conditionsSql(s, filters, from) : '']
    .filter(Boolean)
    .join(' AND ') || '1 = 1';
