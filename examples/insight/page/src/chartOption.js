import { format, formatAxis, heading } from './format.js';
import { PALETTES, SERIES } from './palette.js';

/** A family that can be measured: legends are laid out by it. */
export const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", sans-serif';

/** Whether a line has a point with nothing on either side, which only a symbol shows. */
const isBroken = (values) =>
  values.some((value, i) => value !== null && [values[i - 1], values[i + 1]].every((next) => next == null));

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
    xAxis: {
      type: 'category',
      data: chart.names.map(named),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
      ...(grey && { splitArea: grey }),
    },
    yAxis: {
      type: 'value',
      axisLabel: { ...text, formatter: (value) => formatAxis(chart.series[0].column, value, locale, timeZone) },
      splitLine: { lineStyle: { color: colors.growing } },
    },
    series: chart.series.map(({ column, part, values }) => ({
      type: chart.kind,
      name: part === undefined || part === '' ? heading(column, language) : format(chart.split, part, locale, timeZone),
      data: values,
      stack: chart.stacked ? 'all' : undefined,
      showSymbol: isBroken(values),
      barMaxWidth: 28,
      tooltip: { valueFormatter: (value) => format(column, value, locale, timeZone) },
    })),
  };
};
