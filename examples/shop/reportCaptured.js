/** A plugin for the simulator: says each event to the console as it is captured, long before it leaves the phone. */
module.exports = {
  name: 'reportCaptured',
  enrich(event) {
    console.info('[captured]', JSON.stringify(event));
    return event;
  },
};
