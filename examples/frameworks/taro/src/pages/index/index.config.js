export default {
  enableShareAppMessage: true,
};
