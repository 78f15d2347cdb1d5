export const networkApi = ({ callApi, network, networkEvents, request, toApp }) => ({
  request: request.request,
  getNetworkType: callApi('getNetworkType', () => toApp({ networkType: network.networkType(), hasSystemProxy: false })),
  onNetworkStatusChange: (fn) => void networkEvents.on('change', fn),
  offNetworkStatusChange: (fn) => networkEvents.off('change', fn),
  onNetworkWeakChange() {},
  offNetworkWeakChange() {},
});
