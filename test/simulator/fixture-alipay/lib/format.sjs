import { suffix } from './suffix.sjs';
export default { price: (value) => value.toFixed(2) + suffix };
