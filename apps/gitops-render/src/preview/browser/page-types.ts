/** What of a browser the page's script uses. */
export interface Element {
  readonly clientWidth: number;
  readonly clientHeight: number;
  textContent: string | null;
  className: string;
  readonly style: Record<string, string>;
  readonly id: string;
  matches(selector: string): boolean;
  querySelector(selector: string): Element | null;
  append(...children: readonly Element[]): void;
  replaceChildren(): void;
}

export interface Document extends Pick<Element, "querySelector"> {
  readonly documentElement: Element;
  createElement(name: string): Element;
  getElementById(id: string): Element | null;
}

export interface Window {
  readonly document: Document;
  getComputedStyle(element: Element): { getPropertyValue(name: string): string };
  matchMedia(query: string): { addEventListener(event: "change", listener: () => void): void };
  readonly ResizeObserver: new (
    listener: () => void,
  ) => {
    observe(element: Element): void;
  };
}

/** What of uPlot it uses. */
export interface Chart {
  readonly ctx: {
    strokeStyle: string;
    fillStyle: string;
    lineWidth: number;
    save(): void;
    restore(): void;
    beginPath(): void;
    setLineDash(lengths: readonly number[]): void;
    moveTo(x: number, y: number): void;
    lineTo(x: number, y: number): void;
    rect(x: number, y: number, width: number, height: number): void;
    clip(): void;
    fill(): void;
    stroke(): void;
  };
  readonly bbox: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly cursor: { readonly idx?: number | null; readonly left?: number; readonly top?: number };
  readonly over: Element;
  valToPos(value: number, scale: string, canvas: boolean): number;
  setSize(size: { readonly width: number; readonly height: number }): void;
  destroy(): void;
}

export interface ChartLibrary {
  new (options: unknown, data: readonly (readonly (number | null)[])[], target: Element): Chart;
  tzDate(date: Date, zone: string): Date;
}
