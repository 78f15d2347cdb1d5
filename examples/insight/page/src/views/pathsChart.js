import { SankeyChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { drawChart } from '../echarts.js';

use([SankeyChart]);

export { drawChart };
