import { callApi } from '../callApi.js';

export const networkApi = ({ thread, network, networkEvents, request, toApp }) => ({
  request: request.request,
  getNetworkType: callApi(thread, 'getNetworkType', () => toApp({ networkType: network.networkType(), hasSystemProxy: false })),
  onNetworkStatusChange: (fn) => void networkEvents.on('change', fn),
  offNetworkStatusChange: (fn) => networkEvents.off('change', fn),
  onNetworkWeakChange() {},
  offNetworkWeakChange() {},
});
