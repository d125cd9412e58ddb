import type { Carries, Signal } from "./signal.ts";

/** A value that a collector configuration can say. `null` stays: under `protocols` it means "on, with the defaults". */
export type OptionValue =
  | null
  | boolean
  | number
  | string
  | readonly OptionValue[]
  | { readonly [option: string]: OptionValue };

/** What is written below a component's id. */
export type Options = { readonly [option: string]: OptionValue };

export type ComponentKind = "receiver" | "processor" | "exporter" | "connector" | "extension";

interface CollectorComponentBase {
  /** The component's type in today's spelling: `file_log`. The configuration is written in the spelling of its collector. */
  readonly type: string;
  /** Tells two of one type apart: `otlp_grpc/tempo`. */
  readonly name?: string;
  readonly options: Options;
  /** Extensions that the options refer to: they are configured and switched on with the component. */
  readonly uses?: readonly Extension[];
  /** Given as plain data, of a type that Plinth does not know. */
  readonly plain?: true;
}

/** Where data comes in. */
export interface Receiver<Carried extends Signal = Signal> extends CollectorComponentBase {
  readonly kind: "receiver";
  readonly emits: Carries<Carried>;
}

/** What happens on the way. */
export interface Processor<Carried extends Signal = Signal> extends CollectorComponentBase {
  readonly kind: "processor";
  readonly carries: Carries<Carried>;
}

/** Where data leaves. */
export interface Exporter<Carried extends Signal = Signal> extends CollectorComponentBase {
  readonly kind: "exporter";
  readonly accepts: Carries<Carried>;
}

/** The end of one pipeline and the beginning of another. */
export interface Connector<Accepted extends Signal = Signal, Emitted extends Signal = Signal>
  extends CollectorComponentBase {
  readonly kind: "connector";
  readonly accepts: Carries<Accepted>;
  readonly emits: Carries<Emitted>;
}

/** What runs beside the pipelines. */
export interface Extension extends CollectorComponentBase {
  readonly kind: "extension";
}

/** Anything that a pipeline may begin with. */
export type Source<Carried extends Signal> =
  | Receiver<Carried>
  | (CollectorComponentBase & { readonly kind: "connector"; readonly emits: Carries<Carried> });

/** Anything that a pipeline may end with. */
export type Sink<Carried extends Signal> =
  | Exporter<Carried>
  | (CollectorComponentBase & { readonly kind: "connector"; readonly accepts: Carries<Carried> });

/** Any component. */
export type CollectorComponent =
  | Receiver<never>
  | Processor<never>
  | Exporter<never>
  | Connector<never, never>
  | Extension;

/** A component's id: its type, and its name when it has one. */
export function idOf({ type, name }: Pick<CollectorComponent, "type" | "name">): string {
  return name === undefined ? type : `${type}/${name}`;
}

/** The part of an id before the slash: `otlp_grpc` of `otlp_grpc/tempo`. */
export function typeOf(id: string): string {
  return id.split("/", 1)[0] ?? id;
}

/** The extensions that a component refers to, once each, of those that were given. */
export function usesOf(...extensions: readonly (Extension | undefined)[]): { readonly uses?: readonly Extension[] } {
  const uses = [...new Set(extensions.filter((extension) => extension !== undefined))];
  return uses.length === 0 ? {} : { uses };
}

/** Options without those that were not given. */
export function written(options: { readonly [option: string]: OptionValue | undefined }): Options {
  return Object.fromEntries(
    Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [[option, value]])),
  );
}

/** Options as a block, or nothing when none of them was given. */
export function block(options: { readonly [option: string]: OptionValue | undefined }): Options | undefined {
  const given = written(options);
  return Object.keys(given).length === 0 ? undefined : given;
}
