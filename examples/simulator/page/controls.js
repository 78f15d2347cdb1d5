import { byTestId, element } from './element.js';
import { HOSTS } from './hosts.js';
import { SCENES, sceneOf } from './scenes.js';

export const ANSWER_MODES = ['ok', '500', '403', '429', 'hang', 'lost'];

/** The names of the buttons that act on the mini-program, in `data-testid`. */
const ACTIONS = ['launch', 'relaunch', 'background', 'foreground', 'kill'];

/** Which buttons make sense while the mini-program is … */
const AVAILABLE = {
  off: ['launch'],
  killed: ['launch'],
  failed: ['launch'],
  starting: ['relaunch', 'kill'],
  foreground: ['relaunch', 'background', 'kill'],
  background: ['relaunch', 'foreground', 'kill'],
};

/**
 * The panel that plays the world around the app: who holds the phone, in which host app, where they come from, the
 * network, the server.
 *
 * @param on `launch`, `relaunch`, `background`, `foreground`, `kill`, `visitor(name)`, `newVisitor`,
 *   `host(host)`, `offline(isOffline)`, `answers(mode)`, `language(language)`
 */
export const createControls = (translator, visitors, on) => {
  const { text } = translator;
  const visitorList = byTestId('visitors');
  const scene = byTestId('scene');
  const answers = byTestId('answers');
  const answerHint = byTestId('answers-hint');
  const network = byTestId('network');
  let current = { visitor: null, host: HOSTS[0], app: 'off', mode: 'ok', isOffline: false };
  /** The scene that was last chosen on each host. */
  const chosenScenes = {};

  for (const name of ACTIONS) byTestId(name).addEventListener('click', () => on[name]());
  for (const name of ['zh', 'en']) byTestId(`language-${name}`).addEventListener('click', () => on.language(name));
  for (const host of HOSTS) byTestId(`host-${host}`).addEventListener('click', () => on.host(host));
  scene.addEventListener('change', () => {
    chosenScenes[current.host] = scene.value;
  });
  network.addEventListener('click', () => on.offline(!current.isOffline));

  answers.append(
    ...ANSWER_MODES.map((mode) =>
      element(
        'label',
        {},
        element('input', {
          type: 'radio',
          name: 'answers',
          value: mode,
          'data-testid': `answers-${mode}`,
          onchange: () => on.answers(mode),
        }),
        element('span', { 'data-text': `server.${mode}`, 'data-title': `server.${mode}.hint` }),
      ),
    ),
  );

  const renderVisitors = () => {
    const hadFocus = document.activeElement?.closest('[data-testid="visitors"]') && document.activeElement.dataset.testid;
    visitorList.replaceChildren(
      ...visitors.names().map((name) =>
        element(
          'button',
          {
            type: 'button',
            'aria-pressed': String(name === current.visitor),
            'aria-label': text('visitor.name', { name }),
            'data-testid': `visitor-${name}`,
            onclick: () => on.visitor(name),
          },
          name,
        ),
      ),
      element(
        'button',
        { type: 'button', class: 'new', 'data-testid': 'visitor-new', onclick: () => on.newVisitor() },
        `+ ${text('visitor.new')}`,
      ),
    );
    if (hadFocus) byTestId(hadFocus)?.focus();
  };

  const renderScenes = () => {
    const chosen = chosenScenes[current.host];
    scene.replaceChildren(
      ...SCENES[current.host].map((one) => element('option', { value: one.code }, `${one.code} · ${one[translator.language]}`)),
    );
    if (chosen) scene.value = chosen;
  };

  const render = () => {
    renderVisitors();
    renderScenes();
    for (const host of HOSTS) byTestId(`host-${host}`).setAttribute('aria-pressed', String(host === current.host));
    const focused = document.activeElement?.dataset?.testid;
    for (const name of ACTIONS) byTestId(name).hidden = !AVAILABLE[current.app].includes(name);
    network.setAttribute('aria-checked', String(!current.isOffline));
    byTestId('network-state').textContent = text(current.isOffline ? 'network.offline' : 'network.online');
    byTestId(`answers-${current.mode}`).checked = true;
    answers.dataset.mode = current.mode;
    answerHint.textContent = text(`server.${current.mode}.hint`);
    for (const name of ['zh', 'en']) {
      byTestId(`language-${name}`).setAttribute('aria-pressed', String(name === translator.language));
    }
    // A button that gave way to its opposite hands it the focus, so that the keyboard does not fall off the page.
    const opposite = { launch: 'relaunch', background: 'foreground', foreground: 'background', kill: 'launch' }[focused];
    if (opposite && byTestId(focused).hidden) byTestId(opposite).focus();
  };

  translator.translate(answers);
  render();
  return {
    /** @param changes any of `visitor`, `host`, `app`, `mode`, `isOffline` */
    show(changes) {
      current = { ...current, ...changes };
      render();
    },
    get scene() {
      return sceneOf(current.host, scene.value).code;
    },
    set scene(code) {
      scene.value = String(code);
      chosenScenes[current.host] = scene.value;
    },
    refresh: render,
  };
};
