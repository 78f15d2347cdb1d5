// https://opendocs.alipay.com/mini/api/ympi0l
const spell = (networkType) => (networkType === 'none' ? 'NOTREACHABLE' : networkType.toUpperCase());

export const networkApi = ({ callApi, network, networkEvents, request, toApp }) => {
  /** The app's listener → ours, so that `off` finds it. */
  const listeners = new Map();
  return {
    request: request.request,
    getNetworkType: callApi('getNetworkType', () =>
      toApp({ networkAvailable: network.state.isConnected, networkType: spell(network.networkType()) }),
    ),
    onNetworkStatusChange(fn) {
      const listener = ({ isConnected, networkType }) => fn(toApp({ isConnected, networkType: spell(networkType) }));
      listeners.set(fn, listener);
      networkEvents.on('change', listener);
    },
    offNetworkStatusChange(fn) {
      networkEvents.off('change', fn && (listeners.get(fn) ?? fn));
    },
  };
};
