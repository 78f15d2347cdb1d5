import { inject, provide, shallowRef } from 'vue';

const TIP = Symbol('tip');
const SQL = Symbol('sql');

/** The pointer may go over from a mark to what it opened. */
const AWAY_MS = 200;

/**
 * The one explanation that is open: `{ element, label, definition, sql }`, and `isHeld` once the mark was pressed. Of a page
 * full of numbers only this one is drawn.
 */
export const provideTip = () => {
  const tip = shallowRef();
  let timer;
  const stay = () => clearTimeout(timer);
  const show = (given) => {
    stay();
    tip.value = given;
  };
  const close = () => show(undefined);
  const leave = () => {
    stay();
    timer = setTimeout(() => !tip.value?.isHeld && close(), AWAY_MS);
  };
  const found = { tip, show, stay, leave, close };
  provide(TIP, found);
  return found;
};
export const useTip = () => inject(TIP);

/** The SQL of the numbers below, a getter: what stands nearest to a number counts. */
export const provideSql = (sql) => provide(SQL, sql);
export const useSql = () => inject(SQL, () => undefined);
