require('./tracker'); // first: it instruments every App, Page and Component registered after it

App({});
