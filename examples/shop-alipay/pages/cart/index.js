const cart = require('./cart');

// No document says that Component() makes a page on Alipay, so Page() does.
Page(Object.assign({ data: cart.data }, cart.methods));
