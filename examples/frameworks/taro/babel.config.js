module.exports = {
  presets: [['taro', { framework: 'react' }]],
};
