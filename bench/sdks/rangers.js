import Auto from '@datarangers/sdk-mp/esm/plugin/auto';
import Compensate from '@datarangers/sdk-mp/esm/plugin/compensate';
import Utm from '@datarangers/sdk-mp/esm/plugin/utm';
import SDK from '@datarangers/sdk-mp/esm/wx';

SDK.usePlugin(Auto);
SDK.usePlugin(Compensate);
SDK.usePlugin(Utm);
const sdk = new SDK();
sdk.init({
  app_id: 10000001,
  channel_domain: 'https://collect.example.com',
  // Off by default: without it each event is a request.
  enable_buffer: true,
  auto_report: {
    appLaunch: true,
    appTerminate: true,
    appError: false,
    pageShow: true,
    pageHide: true,
    pageShare: true,
    pageFavorite: false,
    click: true,
  },
});
sdk.send();

export const track = (name, properties) => sdk.event(name, properties);
