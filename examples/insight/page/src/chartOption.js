import { isDay } from '../../src/analyses/days.js';
import { OTHERS } from './charts.js';
import { format, formatAxis, heading } from './format.js';
import { PALETTES, SERIES } from './palette.js';

/** A family that can be measured: legends are laid out by it. ECharts writes it into an attribute of SVG as it is: no double quotes. */
export const FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif";

const BAND = { en: 'usual band', zh: '通常范围' };
const REST = { en: 'Others', zh: '其他' };

/** Whether a line has a point with nothing on either side, which only a symbol shows. */
const isBroken = (values) =>
  values.some((value, i) => value !== null && [values[i - 1], values[i + 1]].every((next) => next == null));

/** The band in which a figure usually is: its lower edge, which is not seen, and what lies between it and the upper one. */
const bandSeries = ({ low, high }, color, name, written) =>
  [
    { name, data: low, tooltip: { show: false } },
    {
      name,
      data: low.map((from, i) => (from === null ? null : high[i] - from)),
      areaStyle: { color, opacity: 1 },
      tooltip: { valueFormatter: (_, i) => (low[i] === null ? '–' : `${written(low[i])} – ${written(high[i])}`) },
    },
  ].map((series) => ({
    type: 'line',
    stack: 'band',
    // A lower edge below 0 is stacked, too.
    stackStrategy: 'all',
    silent: true,
    // Of the legend alone.
    symbol: 'roundRect',
    showSymbol: false,
    lineStyle: { opacity: 0 },
    itemStyle: { color },
    ...series,
  }));

/** Bars of things lie, each with its whole name beside it; those of days stand. */
export const isLying = ({ kind, names }) => kind === 'bar' && !names.every(isDay);

/** The chart as ECharts takes it. Days that may still grow are grey behind. */
export const chartOption = (chart, { theme, locale, timeZone, growingFrom }) => {
  const colors = PALETTES[theme];
  const language = locale.slice(0, 2);
  const text = { color: colors.quiet, fontFamily: FONT };
  const named = (name) => formatAxis(chart.x, name, locale, timeZone);
  const isGrowing = (name) => growingFrom && /^\d{4}-/.test(name) && name >= growingFrom;
  const grey = chart.names.some(isGrowing) && {
    show: true,
    interval: 0,
    areaStyle: { color: chart.names.map((name) => (isGrowing(name) ? colors.growing : 'transparent')) },
  };
  const names = {
    type: 'category',
    data: chart.names.map(named),
    axisLabel: { ...text, hideOverlap: true },
    axisLine: { lineStyle: { color: colors.line } },
    axisTick: { show: false },
    ...(grey && { splitArea: grey }),
  };
  const values = {
    type: 'value',
    axisLabel: {
      ...text,
      hideOverlap: true,
      formatter: (value) => formatAxis(chart.series[0].column, value, locale, timeZone),
    },
    splitLine: { lineStyle: { color: colors.growing } },
  };
  /** Where nothing is split, the one part has no name. */
  const isWhole = (part) => part === undefined || (part === '' && chart.series.length === 1);
  const nameOf = (column, part) => {
    if (part === OTHERS) return REST[language];
    return isWhole(part) ? heading(column, language) : format(chart.split, part, locale, timeZone);
  };
  const lying = { ...names, inverse: true, axisLabel: { ...text, interval: 0, width: 132, overflow: 'break', lineHeight: 14 } };
  return {
    animation: false,
    color: SERIES[theme],
    textStyle: { fontFamily: FONT },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    legend: {
      type: 'scroll',
      top: 0,
      left: 0,
      textStyle: text,
      inactiveColor: colors.line,
      pageTextStyle: text,
      pageIconColor: colors.quiet,
      pageIconInactiveColor: colors.line,
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colors.card,
      borderColor: colors.line,
      textStyle: { color: colors.text, fontFamily: FONT },
    },
    ...(isLying(chart) ? { xAxis: values, yAxis: lying } : { xAxis: names, yAxis: values }),
    series: [
      ...(chart.band
        ? bandSeries(chart.band, colors.bar, BAND[language], (value) => format(chart.series[0].column, value, locale, timeZone))
        : []),
      ...chart.series.map(({ column, part, values }) => ({
        type: chart.kind,
        name: nameOf(column, part),
        data: values,
        stack: chart.stacked ? 'all' : undefined,
        showSymbol: isBroken(values),
        barMaxWidth: 28,
        tooltip: { valueFormatter: (value) => format(column, value, locale, timeZone) },
      })),
    ],
  };
};
