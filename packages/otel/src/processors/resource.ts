import type { Options, OptionValue, Processor } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface ResourceOptions {
  /** Attributes that get this value, whatever they had. @default none */
  readonly upsert?: Readonly<Record<string, string | number | boolean>>;
  /** Attributes that get this value when they have none. @default none */
  readonly insert?: Readonly<Record<string, string | number | boolean>>;
  /** Attributes that go. @default none */
  readonly remove?: readonly string[];
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Sets attributes of the resource: of whoever the data is about.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourceprocessor
 * @example
 * resource({ upsert: { "deployment.environment.name": "production" } });
 */
export function resource({ upsert = {}, insert = {}, remove = [], name }: ResourceOptions): Processor<Signal> {
  const attributes: readonly OptionValue[] = [
    ...Object.entries(upsert).map(([key, value]): Options => ({ key, value, action: "upsert" })),
    ...Object.entries(insert).map(([key, value]): Options => ({ key, value, action: "insert" })),
    ...remove.map((key): Options => ({ key, action: "delete" })),
  ];
  return {
    kind: "processor",
    type: "resource",
    ...(name === undefined ? {} : { name }),
    options: { attributes },
    carries: everySignal,
  };
}
