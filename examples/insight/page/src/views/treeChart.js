import { TreeChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { drawChart } from '../echarts.js';

use([TreeChart]);

export { drawChart };
