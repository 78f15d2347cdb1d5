import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendScrollComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendScrollComponent, MarkAreaComponent, TooltipComponent, SVGRenderer]);

export const drawChart = (element) => init(element, undefined, { renderer: 'svg' });
