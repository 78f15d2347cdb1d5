import uma from 'umtrack-wx';

// Read by the SDK from the options of `App`, as its guide has it. It tracks no taps.
export const appOptions = {
  umengConfig: { appKey: '5f0000000000000000000001', useOpenid: false, autoGetOpenid: false, debug: false },
};

export const track = (name, properties) => uma.trackEvent(name, properties);
