import exported from 'aegis-mp-sdk';

const Aegis = exported.default;
const aegis = new Aegis({
  id: 'pGUVFTCZyewxxxxx',
  uin: 'u-1',
  reportApiSpeed: true,
  spa: true,
  gzip: false,
  hostUrl: 'https://rumt-zh.com',
});

// An event of Aegis has a name and three texts.
export const track = (name, properties) => aegis.reportEvent({ name, ext1: JSON.stringify(properties) });
