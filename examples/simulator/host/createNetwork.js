/**
 * The phone's connection as the app sees it. The state itself belongs to the device.
 *
 * @param {import('./createDevice.js').Device['network']} state
 */
export const createNetwork = (state) => {
  /** @type {Set<(status: { isConnected: boolean, networkType: string }) => void>} */
  const listeners = new Set();
  const networkType = () => (state.isConnected ? state.networkType : 'none');
  const status = () => ({ isConnected: state.isConnected, networkType: networkType() });
  return {
    state,
    networkType,
    status,
    onChange: (fn) => void listeners.add(fn),
    setOnline(isConnected) {
      if (state.isConnected === isConnected) return;
      state.isConnected = isConnected;
      for (const fn of listeners) fn(status());
    },
  };
};
