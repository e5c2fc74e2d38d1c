interface Parts {
  class?: string;
  /** Never HTML: others choose names, numbers and titles of windows. */
  text?: string;
  attr?: Record<string, string>;
  /** Undefined ones are left out. */
  children?: (Element | undefined)[];
}

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, parts: Parts = {}): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (parts.class !== undefined) made.className = parts.class;
  if (parts.text !== undefined) made.textContent = parts.text;
  for (const [name, value] of Object.entries(parts.attr ?? {})) made.setAttribute(name, value);
  for (const child of parts.children ?? []) if (child) made.append(child);
  return made;
}

/** @param name of Font Awesome 4 */
export function icon(name: string): HTMLElement {
  return element('i', { class: `fa ${name}`, attr: { 'aria-hidden': 'true' } });
}

/** With words beside the icon. */
export function button(iconName: string, label: string, act?: () => void): HTMLButtonElement {
  const made = element('button', {
    class: 'red-ui-button red-ui-button-small',
    attr: { type: 'button' },
    children: [icon(iconName), element('span', { text: label })],
  });
  if (act) made.addEventListener('click', act);
  return made;
}

/** Changes only what is different: whoever selects a text or has it read aloud is not disturbed. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function show(target: HTMLElement, isShown: boolean): void {
  if (target.hidden === isShown) target.hidden = !isShown;
}

/** A text that others chose, of which only a part may be shown: the rest when the mouse rests on it. */
export function setChosenText(target: HTMLElement, text: string): void {
  setText(target, text);
  if (target.title !== text) target.title = text;
}
