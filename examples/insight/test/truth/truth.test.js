// One population for all: it is made and loaded once. Each suite holds one field of the answers against it.
import './suites/loading.js';
import './suites/events.js';
import './suites/channels.js';
import './suites/behaviour.js';
import './suites/share.js';
import './suites/members.js';
import './suites/goods.js';
import './suites/experiments.js';
import './suites/offers.js';
import './suites/health.js';
import './suites/order.js';
