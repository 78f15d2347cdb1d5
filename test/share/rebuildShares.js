// The function of docs/plugins/share.md, as the simulator's collector uses it.
export { rebuildShares } from '../../examples/simulator/collector/shares.mjs';
