import axe from 'axe-core';

/**
 * What axe finds against WCAG 2.1 AA, each with the element.
 *
 * @param frame of the page or of the phone in it
 * @param options `known`: with it, contrasts that axe could not tell count, too, but for elements of this selector: their
 * contrast is held elsewhere
 */
export const findViolations = async (frame, { known } = {}) => {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  return frame.evaluate(async (listed) => {
    const { violations, incomplete } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      iframes: false,
      elementRef: true,
    });
    const unsure = incomplete
      .filter(({ id }) => listed !== undefined && id === 'color-contrast')
      .map(({ nodes, ...rest }) => ({
        ...rest,
        id: 'color-contrast, unsure',
        nodes: nodes.filter(({ element }) => !element.matches(listed)),
      }));
    return [...violations, ...unsure].flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html.slice(0, 120)}`),
    );
  }, known);
};
