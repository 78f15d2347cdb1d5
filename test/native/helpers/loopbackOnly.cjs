// Preloaded into the vendors' tools. Both call home on each run (a list of file types, usage figures) and go on when
// nobody answers. A test asks for no name on a network.
const dns = require('node:dns');

dns.lookup = (hostname, options, callback = options) => {
  const refusal = Object.assign(new Error(`${hostname}: this test stays on loopback`), { code: 'ENOTFOUND' });
  process.nextTick(callback, refusal);
};
