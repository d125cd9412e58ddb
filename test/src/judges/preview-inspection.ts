/** What of a browser's page the inspection looks at. */
interface InspectedElement {
  readonly id: string;
  readonly tagName: string;
  readonly textContent: string | null;
  readonly parentElement: InspectedElement | null;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  readonly clientWidth: number;
  readonly scrollWidth: number;
  readonly width?: number;
  readonly height?: number;
  querySelector(selector: string): InspectedElement | null;
  querySelectorAll(selector: string): Iterable<InspectedElement>;
  getBoundingClientRect(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  getContext?(kind: "2d"): {
    getImageData(
      x: number,
      y: number,
      width: number,
      height: number,
    ): {
      readonly data: ArrayLike<number>;
    };
  };
}

interface InspectedWindow {
  readonly document: { readonly body: InspectedElement; readonly documentElement: InspectedElement };
  getComputedStyle(element: InspectedElement): {
    readonly color: string;
    readonly fill: string;
    readonly backgroundColor: string;
    readonly fontSize: string;
    readonly display: string;
    readonly visibility: string;
  };
}

/** A panel as it stands on the page. */
export interface InspectedPanel {
  readonly id: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What is seen of it. */
  readonly drawn: "lines" | "picture" | "rows" | "words" | "no data" | "problem" | "nothing";
}

/** A text that is hard to read. */
export interface FaintText {
  readonly text: string;
  /** As WCAG counts it. */
  readonly contrast: number;
}

export interface PageReport {
  readonly panels: readonly InspectedPanel[];
  readonly headings: readonly string[];
  /** How much wider than the window the page is. */
  readonly overflow: number;
  readonly texts: number;
  readonly faint: readonly FaintText[];
}

/** Looks at a page from within. Its text runs in the browser: it uses nothing but what it is given. */
export function inspectPage(page: InspectedWindow): PageReport {
  const { body, documentElement } = page.document;

  const isColourful = (canvas: InspectedElement): boolean => {
    const context = canvas.getContext?.("2d");
    if (context === undefined || !canvas.width || !canvas.height) return false;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = [data[at], data[at + 1], data[at + 2], data[at + 3]];
      // The grid and the words are grey; lines are not.
      if (alpha > 60 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40 && ++found > 10) return true;
    }
    return false;
  };

  const drawnIn = (panel: InspectedElement): InspectedPanel["drawn"] => {
    const inside = panel.querySelector(".body");
    if (inside === null) return "nothing";
    if (inside.querySelector(".problem") !== null) return "problem";
    const words = (inside.textContent ?? "").trim();
    if (words === "No data") return "no data";
    if (inside.querySelector(".plot") !== null) {
      const canvas = inside.querySelector("canvas");
      return canvas !== null && isColourful(canvas) ? "lines" : "nothing";
    }
    const picture = inside.querySelector(".heatmap svg path, .node-graph circle, .stretch, .filled");
    if (picture !== null) {
      const { width, height } = picture.getBoundingClientRect();
      return width + height > 0 ? "picture" : "nothing";
    }
    if (inside.querySelector("tbody tr, li") !== null) return "rows";
    return words === "" ? "nothing" : "words";
  };

  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const parse = (text: string): Colour | undefined => {
    const [red, green, blue, alpha = 1] = (/^rgba?\(([^)]*)\)$/.exec(text)?.[1] ?? "").split(/[ ,/]+/).map(Number);
    return red === undefined || green === undefined || blue === undefined || Number.isNaN(red)
      ? undefined
      : [red, green, blue, alpha];
  };
  const over = (above: Colour, below: Colour): Colour => {
    const mixed = (index: 0 | 1 | 2): number => above[index] * above[3] + below[index] * (1 - above[3]);
    return [mixed(0), mixed(1), mixed(2), 1];
  };
  const behind = (element: InspectedElement | null): Colour => {
    if (element === null) return [255, 255, 255, 1];
    const own = parse(page.getComputedStyle(element).backgroundColor);
    if (own === undefined || own[3] === 0) return behind(element.parentElement);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  };
  // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
  const luminance = (colour: Colour): number => {
    const part = (value: number): number => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
  };

  let texts = 0;
  const faint: FaintText[] = [];
  for (const element of body.querySelectorAll("*")) {
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ textContent }) => textContent);
    const text = own.join("").trim();
    if (text === "" || ["SCRIPT", "STYLE", "title"].includes(element.tagName)) continue;
    const look = page.getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    if (look.display === "none" || look.visibility === "hidden" || width * height === 0) continue;
    texts++;
    const ground = behind(element);
    const colour = parse(element.tagName === "text" ? look.fill : look.color);
    if (colour === undefined) continue;
    const [light = 0, dark = 0] = [luminance(over(colour, ground)), luminance(ground)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    // https://www.w3.org/TR/WCAG22/#contrast-minimum
    if (contrast < (Number.parseFloat(look.fontSize) >= 24 ? 3 : 4.5))
      faint.push({ text: text.slice(0, 60), contrast });
  }

  return {
    panels: [...body.querySelectorAll(".panel")].map((panel) => {
      const { x, y, width, height } = panel.getBoundingClientRect();
      const title = (panel.querySelector("h3")?.textContent ?? "").trim();
      return { id: panel.id.replace(/^panel-/, ""), title, x, y, width, height, drawn: drawnIn(panel) };
    }),
    headings: [...body.querySelectorAll("h2.row")].map(({ textContent }) => (textContent ?? "").trim()),
    overflow: documentElement.scrollWidth - documentElement.clientWidth,
    texts,
    faint,
  };
}
