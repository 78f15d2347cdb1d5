import sensors from 'sa-sdk-miniprogram/dist/wechat/sensorsdata.esm.js';

sensors.setPara({
  name: 'sensors',
  server_url: 'https://collect.example.com/sa?project=default',
  // Its defaults, and taps and page leaves, which minitrail tracks here too.
  autoTrack: {
    appLaunch: true,
    appShow: true,
    appHide: true,
    pageShow: true,
    pageShare: true,
    mpClick: true,
    mpFavorite: true,
    pageLeave: true,
  },
});
sensors.init();

export const track = (name, properties) => sensors.track(name, properties);
