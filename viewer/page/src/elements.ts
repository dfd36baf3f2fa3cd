/** Elements without a framework: what is drawn at every step is a few texts that change. */

type Attributes = Record<string, string | number | boolean | EventListener>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(key, value);
    } else if (value !== false) {
      made.setAttribute(key, String(value));
    }
  }
  made.append(...children);
  return made;
}

/** What to say of something that failed. */
export function reason(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** Changes a text only where it differs, so that nothing is laid out anew for nothing. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function options(select: HTMLSelectElement, values: [value: string, label: string][]): void {
  select.replaceChildren(...values.map(([value, label]) => element("option", { value }, label)));
}

/** A control with its label. */
export function labelled(label: string, control: HTMLElement): HTMLLabelElement {
  return element("label", {}, element("span", {}, label), control);
}

/** One part of the page with its heading. */
export function section(id: string, title: string, ...children: (Node | string)[]): HTMLElement {
  return element("section", { id, "aria-labelledby": `${id}-title` }, element("h2", { id: `${id}-title` }, title), ...children);
}

/** A colour of the theme. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Red, green and blue of a colour like #1f77b4. */
export function rgb(hex: string): [number, number, number] {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Makes a canvas as fine as the screen; returns its size in CSS pixels. */
export function fit(canvas: HTMLCanvasElement): { context: CanvasRenderingContext2D; width: number; height: number } {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const ratio = devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d");
  if (context === null) {
    throw new Error("this browser has no canvas");
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}
