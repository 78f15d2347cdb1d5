import { glassEasel } from 'glass-easel-miniprogram-adapter';

const { Component, TextNode, VirtualNode } = glassEasel;

/** Every component under `component`, itself last: WeChat reports children ready before their parents. */
export const componentsWithin = (component) => {
  const found = [];
  const walk = (node) => {
    for (const child of node.childNodes ?? []) {
      if (Component.isComponent(child)) found.push(...componentsWithin(child));
      else walk(child);
    }
  };
  const shadowRoot = component.getShadowRoot?.();
  if (shadowRoot) walk(shadowRoot);
  // Slotted content belongs to the tree outside, and is walked as the component's own children.
  walk(component);
  return [...found, component];
};

/** Every drawn element of the composed tree, in reading order: no text, no blocks, no shadow roots. */
const elementsWithin = (element) => {
  const children = (element.getComposedChildren?.() ?? []).filter((child) => !TextNode.isTextNode(child));
  return children.flatMap((child) => [...(VirtualNode.isVirtualNode(child) ? [] : [child]), ...elementsWithin(child)]);
};

/**
 * The first match in the page or inside any component on it. Beside the selectors of a mini-program (`.class`, `#id`)
 * a tag name works, and `text=…` finds the innermost element with exactly that text.
 */
export const findElement = (component, selector) => {
  if (selector.startsWith('text=')) {
    const wanted = selector.slice('text='.length);
    return elementsWithin(component).findLast((element) => textOf(element) === wanted) ?? null;
  }
  if (/^[a-z][\w-]*$/.test(selector)) {
    return elementsWithin(component).find((element) => (element.tagName ?? element.is) === selector) ?? null;
  }
  for (const candidate of componentsWithin(component).reverse()) {
    const found = candidate.getShadowRoot?.()?.querySelector(selector);
    if (found) return found;
  }
  return null;
};

/** Where a finger on the element lands: a component's own element has no surface, its template has. */
export const surfaceOf = (element) => {
  if (!Component.isComponent(element)) return element;
  const [first] = elementsWithin(element);
  return first ? surfaceOf(first) : element;
};

/** The text a user would read, one space between pieces. */
export const textOf = (element) => {
  const pieces = [];
  const walk = (node) => {
    if (TextNode.isTextNode(node)) {
      const text = node.textContent.trim();
      if (text) pieces.push(text);
      return;
    }
    for (const child of node.getComposedChildren?.() ?? []) walk(child);
  };
  walk(element);
  return pieces.join(' ');
};

/** The element and its ancestors across component borders, innermost first. */
export const composedAncestors = (element) => {
  const path = [];
  for (let node = element; node; node = node.getComposedParent?.()) path.push(node);
  return path;
};

/** Whether the element is, or is drawn inside, the other. */
export const isWithin = (element, ancestor) => composedAncestors(element).includes(ancestor);

/** A static or bound attribute of a native node; components do not have any. */
export const attributeOf = (element, name) => element.getAttribute?.(name);
