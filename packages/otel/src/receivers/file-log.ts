import {
  type Extension,
  idOf,
  type Options,
  type OptionValue,
  type Receiver,
  written,
} from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { logsOnly } from "../configuration/signal.ts";

export interface FileLogOptions {
  /** Files to read, as globs. */
  readonly include: readonly string[];
  /** Files to leave out, as globs. @default none */
  readonly exclude?: readonly string[];
  /** Where to begin in files that are there when the collector starts and that it has no position for. @default "end" */
  readonly startAt?: "beginning" | "end";
  /** Keeps the position in each file over a restart. @default in memory */
  readonly storage?: Extension;
  /** What happens to each line, in this order. @default none */
  readonly operators?: readonly LogOperator[];
  /** Whether `log.file.path` is an attribute; the container operator needs it. @default false */
  readonly includeFilePath?: boolean;
  /** Whether `log.file.name` is an attribute. @default true */
  readonly includeFileName?: boolean;
  /** Whether reading waits while what comes after refuses data. Without it such lines are lost. @default false */
  readonly retry?: boolean;
  /** How often files are looked for. @default "200ms" */
  readonly pollInterval?: Duration;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/** One step of the reading of a line. */
export type LogOperator = { readonly type: string; readonly [option: string]: OptionValue };

/**
 * Reads log files, also over their rotation.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/filelogreceiver
 * @example
 * fileLog({ include: ["/var/log/containers/*.log"], includeFilePath: true, operators: [containerLog()], retry: true });
 */
export function fileLog(options: FileLogOptions): Receiver<"logs"> {
  const { storage, name } = options;
  return {
    kind: "receiver",
    type: "file_log",
    ...(name === undefined ? {} : { name }),
    options: fileLogOptions(options),
    ...(storage === undefined ? {} : { uses: [storage] }),
    emits: logsOnly,
  };
}

function fileLogOptions({
  include,
  exclude,
  startAt,
  storage,
  operators,
  includeFilePath,
  includeFileName,
  retry,
  pollInterval,
}: FileLogOptions): Options {
  return written({
    include,
    exclude,
    start_at: startAt,
    include_file_path: includeFilePath,
    include_file_name: includeFileName,
    poll_interval: pollInterval,
    storage: storage === undefined ? undefined : idOf(storage),
    retry_on_failure: retry === undefined ? undefined : { enabled: retry },
    operators,
  });
}

/**
 * Reads what container runtimes write (docker, CRI-O, containerd), joins lines that they split, and takes pod, namespace and container from the path.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/pkg/stanza/docs/operators/container.md
 * @example
 * containerLog({ maxLogSize: 262_144 });
 */
export function containerLog({
  maxLogSize,
}: {
  /** Bytes of a joined line at most. @default 1048576 */ readonly maxLogSize?: number;
} = {}): LogOperator {
  return { type: "container", id: "container", ...(maxLogSize === undefined ? {} : { max_log_size: maxLogSize }) };
}
