/** A series that a program exposes about itself. */
export interface ExposedSeries {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** What a program exposes: its series, and the type of each metric. */
export interface Exposition {
  readonly types: ReadonlyMap<string, string>;
  readonly series: readonly ExposedSeries[];
}

/**
 * Reads the text format of Prometheus, as far as values go: no exemplars, no timestamps.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function readExposition(text: string): Exposition {
  const types = new Map<string, string>();
  const series: ExposedSeries[] = [];
  for (const line of text.split("\n")) {
    const type = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (type?.[1] !== undefined && type[2] !== undefined) types.set(type[1], type[2]);
    const sample = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (sample === null) continue;
    const [, name = "", labels = "", value = ""] = sample;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, key = "", text = ""]) =>
        [key, text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter))] as const,
    );
    series.push({ name, labels: new Map(pairs), value: Number(value) });
  }
  return { types, series };
}

/** The sum over the series of a metric of which these labels have these values. */
export function sumIn(text: string, metric: string, labels: Readonly<Record<string, string>> = {}): number {
  return readExposition(text)
    .series.filter(({ name }) => name === metric)
    .filter((each) => Object.entries(labels).every(([label, value]) => each.labels.get(label) === value))
    .reduce((sum, { value }) => sum + value, 0);
}
