import sr from 'sr-sdk-wxapp';

sr.init({
  token: 'bi0123456789abcdef',
  appid: 'wx0123456789abcdef',
  usePlugin: false,
  // Its documents advise it. Without the log-in for an openid, which would be two more requests at launch.
  autoProxy: { openAutoTrackOpenId: false, openAutoTrackUnionId: false, openSdkShareDepth: true, autoTrack: true },
});

export const track = (name, properties) => sr.track(name, properties);
export const appOptions = { sr };
