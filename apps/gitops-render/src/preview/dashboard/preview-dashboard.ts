/** A dashboard as far as a preview shows it, read from its JSON. */
export interface PreviewDashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly folder: string;
  readonly tags: readonly string[];
  /** How far it looks back: seconds, and as the JSON says it: `3h`. */
  readonly range: number;
  readonly rangeText: string;
  readonly variables: readonly PreviewVariable[];
  readonly links: readonly PreviewLink[];
  readonly annotations: readonly PreviewAnnotation[];
  /** Rows among them. */
  readonly panels: readonly PreviewPanel[];
}

export interface PreviewLink {
  readonly title: string;
  readonly url: string;
  readonly description: string;
}

export interface PreviewVariable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  /** Whether it stands above the panels. */
  readonly shown: boolean;
  /** Where its values come from: `label_values(selector, label)`. */
  readonly values?: { readonly selector: string; readonly label: string };
  /** What is chosen to begin with: a text that the reader sees and what a query gets. */
  readonly chosen?: { readonly text: string; readonly value: string };
  /** What stands for all values, where all are chosen. */
  readonly all?: string;
}

export interface PreviewAnnotation {
  readonly name: string;
  readonly colour: string;
  readonly text: string;
  readonly target: PreviewTarget;
}

export interface PreviewTarget {
  readonly refId: string;
  readonly source: "prometheus" | "loki" | "tempo" | undefined;
  /** PromQL, LogQL or TraceQL. */
  readonly query: string;
  /** Empty or `__auto`: Grafana prints the labels. */
  readonly legend: string;
  readonly instant: boolean;
  readonly exemplars: boolean;
  /** Selectors of the service graph. */
  readonly calls: readonly string[];
  readonly limit: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A colour from a value on; the first step has none. */
export interface ThresholdStep {
  readonly value: number;
  readonly colour: string;
}

/** What a number or a field is shown as. */
export interface Display {
  readonly unit: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly max?: number;
  readonly thresholds: readonly ThresholdStep[];
  /** The texts that numbers stand for. */
  readonly states: ReadonlyMap<string, { readonly text: string; readonly colour: string }>;
}

export interface PreviewPanel {
  /** Its number in Grafana. */
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly place: Place;
  readonly links: readonly PreviewLink[];
  readonly targets: readonly PreviewTarget[];
  readonly display: Display;
  readonly lines: {
    readonly stacked: boolean;
    readonly fill: number;
    readonly width: number;
    readonly thresholdsDrawn: boolean;
    readonly legendShown: boolean;
  };
  readonly table: TableShape;
  readonly text: { readonly content: string; readonly mode: string };
  /** Matchers that alerts are narrowed by. */
  readonly alertMatchers: string;
}

export interface TableShape {
  /** Fields that are shown; all when there are none. */
  readonly included: readonly string[];
  readonly order: Readonly<Record<string, number>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly sortBy?: { readonly title: string; readonly descending: boolean };
  /** By the title of the column. */
  readonly columns: ReadonlyMap<string, { readonly display: Partial<Display>; readonly coloured: boolean }>;
}
