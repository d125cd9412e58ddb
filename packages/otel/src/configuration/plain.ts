import type { Connector, Exporter, Extension, Options, Processor, Receiver } from "./component.ts";
import type { Carries, Signal } from "./signal.ts";

/** A component of a type that Plinth does not know: its options are written as they are given, and nothing about them is checked. */
export interface PlainComponent {
  /** The type, as the collector spells it: `carbon`. */
  readonly type: string;
  /** Tells two of one type apart. */
  readonly name?: string;
  /** What is written below the id. @default {} */
  readonly options?: Options;
}

/**
 * A receiver of a type that Plinth does not know.
 *
 * @example
 * plainReceiver({ type: "carbon", emits: ["metrics"], options: { endpoint: "0.0.0.0:2003" } });
 */
export function plainReceiver<const Emitted extends Signal>({
  emits,
  ...component
}: PlainComponent & { readonly emits: readonly Emitted[] }): Receiver<Emitted> {
  return { ...plain(component), kind: "receiver", emits: carries(emits) };
}

/**
 * A processor of a type that Plinth does not know.
 *
 * @example
 * plainProcessor({ type: "geoip", carries: ["traces", "logs"], options: { providers: { maxmind: { database_path: "/geo.mmdb" } } } });
 */
export function plainProcessor<const Carried extends Signal>({
  carries: signals,
  ...component
}: PlainComponent & { readonly carries: readonly Carried[] }): Processor<Carried> {
  return { ...plain(component), kind: "processor", carries: carries(signals) };
}

/**
 * An exporter of a type that Plinth does not know.
 *
 * @example
 * plainExporter({ type: "kafka", accepts: ["traces"], options: { brokers: ["kafka:9092"] } });
 */
export function plainExporter<const Accepted extends Signal>({
  accepts,
  ...component
}: PlainComponent & { readonly accepts: readonly Accepted[] }): Exporter<Accepted> {
  return { ...plain(component), kind: "exporter", accepts: carries(accepts) };
}

/**
 * A connector of a type that Plinth does not know: each signal that it accepts may become each that it emits.
 *
 * @example
 * plainConnector({ type: "exceptions", accepts: ["traces"], emits: ["metrics", "logs"] });
 */
export function plainConnector<const Accepted extends Signal, const Emitted extends Signal>({
  accepts,
  emits,
  ...component
}: PlainComponent & { readonly accepts: readonly Accepted[]; readonly emits: readonly Emitted[] }): Connector<
  Accepted,
  Emitted
> {
  return { ...plain(component), kind: "connector", accepts: carries(accepts), emits: carries(emits) };
}

/**
 * An extension of a type that Plinth does not know.
 *
 * @example
 * plainExtension({ type: "opamp", options: { server: { ws: { endpoint: "wss://opamp.example.com/v1/opamp" } } } });
 */
export function plainExtension(component: PlainComponent): Extension {
  return { ...plain(component), kind: "extension" };
}

function plain({ type, name, options = {} }: PlainComponent): {
  type: string;
  name?: string;
  options: Options;
  plain: true;
} {
  return { type, ...(name === undefined ? {} : { name }), options, plain: true };
}

function carries<Carried extends Signal>(signals: readonly Carried[]): Carries<Carried>;
function carries(signals: readonly Signal[]): Carries<never> {
  return Object.fromEntries(signals.map((signal) => [signal, true]));
}
