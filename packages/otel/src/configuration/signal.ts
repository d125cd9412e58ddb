/** What a pipeline carries. */
export type Signal = "traces" | "metrics" | "logs";

/** All signals. */
export const signals: readonly Signal[] = ["traces", "metrics", "logs"];

/** A set of signals, such that a component that carries more fits where fewer are asked for, and a missing one is named by the compiler. */
export type Carries<Carried extends Signal> = { readonly [signal in Carried]: true };

/** A signal, or a signal with a name of its own: `traces/sampled`. */
export type PipelineId = Signal | `${Signal}/${string}`;

/** The signal of a pipeline's id. */
export type SignalOf<Id extends PipelineId> = Id extends `${infer Start}/${string}`
  ? Extract<Start, Signal>
  : Extract<Id, Signal>;

/** The signal that a pipeline's id begins with, or `undefined` when it begins with none. */
export function signalOf(pipelineId: string): Signal | undefined {
  const start = pipelineId.split("/", 1)[0];
  return signals.find((signal) => signal === start);
}

export const everySignal: Carries<Signal> = { traces: true, metrics: true, logs: true };
export const tracesOnly: Carries<"traces"> = { traces: true };
export const metricsOnly: Carries<"metrics"> = { metrics: true };
export const logsOnly: Carries<"logs"> = { logs: true };
export const metricsAndLogs: Carries<"metrics" | "logs"> = { metrics: true, logs: true };
export const tracesAndLogs: Carries<"traces" | "logs"> = { traces: true, logs: true };
