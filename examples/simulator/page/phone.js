import { phoneName } from './hosts.js';

const CALL_TIMEOUT_MS = 3000;
/** A phone that was put away may finish sending what `onHide` began; longer than that it would only cost the browser. */
const RETIRE_MS = 2500;
/** Nobody swipes an app away faster. */
const LEAVE_MS = 300;

/**
 * One phone at a time, in an iframe. The messages are those of ../host/PROTOCOL.md.
 *
 * @param screen where the iframe goes
 * @param onMessage gets each message of any phone, and `removed` when it is gone; `isCurrent` tells the one on show from one put away
 */
export const createPhone = (screen, onMessage) => {
  /** @type {{ frame: HTMLIFrameElement, name: string, visitor: string, host: string } | null} */
  let current = null;
  const retired = new Map();
  const calls = new Map();
  let lastCall = 0;

  const post = (phone, message) => phone?.frame.contentWindow?.postMessage(message, '*');

  const tell = (message, phone) =>
    onMessage(message, { visitor: phone.visitor, host: phone.host, isCurrent: phone === current, launchNumber: phone.number });

  const remove = (phone) => {
    if (!phone) return;
    phone.frame.remove();
    clearTimeout(phone.timer);
    if (retired.get(phone.name) === phone) retired.delete(phone.name);
    tell({ type: 'removed', at: Date.now() }, phone);
  };

  /** Puts the phone away as a person does: to the background first, killed later. */
  const retire = () => {
    if (!current) return;
    const phone = current;
    current = null;
    post(phone, { type: 'hide' });
    phone.frame.classList.add('retired');
    phone.frame.inert = true;
    retired.set(phone.name, phone);
    phone.timer = setTimeout(() => remove(phone), RETIRE_MS);
  };

  const kill = () => {
    remove(current);
    current = null;
  };

  window.addEventListener('message', ({ source, data }) => {
    const phone = [current, ...retired.values()].find((one) => one?.frame.contentWindow === source);
    if (!phone || typeof data?.type !== 'string') return;
    if (data.type === 'done') {
      calls.get(data.id)?.(data);
      calls.delete(data.id);
    } else if (data.type === 'ready' && phone === current && phone.launch) {
      post(phone, { type: 'launch', ...phone.launch });
    }
    tell(data, phone);
  });

  /** Asks the phone for something. Resolves to `{ result }` or `{ error }`, to `null` when there is no phone or no answer in time. */
  const request = (message) => {
    if (!current) return Promise.resolve(null);
    lastCall += 1;
    const id = `page-${lastCall}`;
    post(current, { ...message, id });
    return new Promise((resolve) => {
      const timer = setTimeout(() => calls.delete(id) && resolve(null), CALL_TIMEOUT_MS);
      calls.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer.ok ? { result: answer.result } : { error: answer.error });
      });
    });
  };

  let number = 0;
  return {
    get visitor() {
      return current?.visitor ?? null;
    },
    /** A cold start. A phone of somebody else, or another host's app, is put away; the same one is killed. */
    start({ visitor, host, launch, ext, device, isOffline }) {
      const name = phoneName(visitor, host);
      if (current && current.name !== name) retire();
      kill();
      // Two iframes of one app would share a storage, which no two processes do on a phone.
      remove(retired.get(name));
      const frame = document.createElement('iframe');
      const parameters = new URLSearchParams({
        visitor: name,
        // Beside the phone's own page.
        project: `project-${host}.json`,
        ext: JSON.stringify(ext),
        device: JSON.stringify(device),
      });
      if (isOffline) parameters.set('offline', '1');
      frame.src = `host/phone.html?${parameters}`;
      frame.title = `phone ${visitor}`;
      frame.dataset.testid = 'phone-frame';
      number += 1;
      frame.dataset.host = host;
      current = { frame, name, visitor, host, launch, number };
      screen.append(frame);
    },
    kill,
    /** Leaves the app, as a person does before it is swiped away: it says goodbye first. */
    async leave() {
      await request({ type: 'hide' });
      await new Promise((resolve) => setTimeout(resolve, LEAVE_MS));
    },
    send: (message) => post(current, message),
    /** Calls a function of the running app, such as `tracker.stats`; `{ error }` when it has none. */
    call: (path, ...args) => request({ type: 'call', path, args }),
  };
};
