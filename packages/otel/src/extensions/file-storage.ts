import { type Extension, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";

export interface FileStorageOptions {
  /** Where files are kept. */
  readonly directory: string;
  /** Make the directory when it is not there. @default false */
  readonly createDirectory?: boolean;
  /** How long a file's lock is waited for. @default "1s" */
  readonly timeout?: Duration;
  /** Tells two extensions apart. */
  readonly name?: string;
}

/**
 * Keeps positions and queues in files, so that a restart loses none. It is switched on by what refers to it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/storage/filestorage
 * @example
 * const positions = fileStorage({ directory: "/var/lib/otelcol" });
 * fileLog({ include: ["/var/log/app.log"], storage: positions });
 */
export function fileStorage({ directory, createDirectory, timeout, name }: FileStorageOptions): Extension {
  return {
    kind: "extension",
    type: "file_storage",
    ...(name === undefined ? {} : { name }),
    options: written({ directory, create_directory: createDirectory, timeout }),
  };
}
