function price(value) { return value.toFixed(2); }
module.exports = { price: price };
