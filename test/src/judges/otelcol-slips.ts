import { isRecord } from "@plinth/core";
import { type CollectorConfig, type CompiledCollector, isCollectorConfig } from "@plinth/otel";
import fc, { type Arbitrary } from "fast-check";
import { randomCollector } from "./otelcol-random-configs.ts";

/** A configuration with one slip of the hand in the options of a component. */
export interface Slip {
  /** Where, and what was done. */
  readonly what: string;
  readonly config: CollectorConfig;
}

type Path = readonly (string | number)[];

const sections = ["receivers", "processors", "connectors", "exporters", "extensions"] as const;

/** Below these Plinth reads nothing: the component has a language of its own there. */
const foreign: ReadonlySet<string> = new Set([
  "config",
  "operators",
  "policies",
  "value",
  "default_value",
  "attributes",
]);

/** Every option of a right collector's components, with its value. */
function optionsOf({ config }: CompiledCollector): readonly (readonly [Path, unknown])[] {
  const found: (readonly [Path, unknown])[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (foreign.has(String(path.at(-1)))) return;
    if (path.length > 2) found.push([path, value]);
    if (isRecord(value)) for (const [name, member] of Object.entries(value)) visit(member, [...path, name]);
  };
  for (const section of sections) visit(config[section] ?? {}, [section]);
  return found;
}

/** A value of another type, which the collector never reads in its place. */
function otherType(value: unknown): unknown {
  if (typeof value === "string") return [{}];
  if (typeof value === "number") return "a few";
  if (typeof value === "boolean") return "perhaps";
  return 7;
}

function changed(value: unknown, path: Path, change: (member: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (!isRecord(value)) return value;
  return { ...value, [first]: changed(value[first], rest, change) };
}

/** Right collectors with an option of another type, or with one that no component has. */
export const slip: Arbitrary<Slip> = randomCollector
  .map((collector) => ({ collector, options: optionsOf(collector) }))
  .filter(({ options }) => options.length > 0)
  .chain(({ collector, options }) =>
    fc.tuple(fc.constantFrom(...options), fc.boolean()).map(([[path, value], renamed]): Slip | undefined => {
      const parent = path.slice(0, -1);
      const config = renamed
        ? changed(collector.config, parent, (member) =>
            isRecord(member) ? { ...member, [`${path.at(-1)}_x`]: value } : member,
          )
        : changed(collector.config, path, otherType);
      if (!isCollectorConfig(config)) return undefined;
      return { what: `${path.join(".")} ${renamed ? "under another name" : "of another type"}`, config };
    }),
  )
  .filter((drawn) => drawn !== undefined);
