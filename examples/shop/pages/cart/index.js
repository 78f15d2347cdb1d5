const cart = require('./cart');

// A page made by Component(): its lifecycle functions are methods.
Component(cart);
