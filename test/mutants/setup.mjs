import { syncBuiltinESMExports } from 'node:module';
import vm from 'node:vm';

// The simulated hosts run the library in a realm of its own. There Stryker's switch has to be seen, which it looks for by
// `new Function` where a host has no `globalThis`.
const { createContext } = vm;
vm.createContext = (sandbox) => createContext(Object.assign(sandbox, { __stryker__: globalThis.__stryker__ }));
syncBuiltinESMExports();
