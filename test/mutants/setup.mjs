import { syncBuiltinESMExports } from 'node:module';
import vm from 'node:vm';

// Stryker's switch. The simulated hosts run the library in a realm of its own, where it has to be seen as well: there it is
// looked for by `new Function`, as a host has no `globalThis`.
const __stryker__ = (globalThis.__stryker__ = globalThis.__stryker__ || {});
const { createContext } = vm;
vm.createContext = (sandbox) => createContext(Object.assign(sandbox, { __stryker__ }));
syncBuiltinESMExports();
