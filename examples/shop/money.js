// Sums are made in whole fen: 0.1 + 0.2 yuan is not 0.3.
const fen = (yuan) => Math.round(yuan * 100);

/** Adds amounts in yuan. */
const sum = (amounts) => amounts.reduce((total, amount) => total + fen(amount), 0) / 100;

/** Multiplies an amount in yuan by a quantity. */
const times = (yuan, quantity) => (fen(yuan) * quantity) / 100;

/** Writes an amount in yuan: `4999` becomes `4,999.00`. */
const format = (yuan) => yuan.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');

/** Splits it for a price tag, where the fen are smaller: `{ whole: '4,999', part: '.00' }`. */
const priceTag = (yuan) => {
  const text = format(yuan);
  return { whole: text.slice(0, -3), part: text.slice(-3) };
};

module.exports = { sum, times, format, priceTag };
