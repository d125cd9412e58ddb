import { type Options, type Receiver, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { metricsOnly } from "../configuration/signal.ts";

export interface HostMetricsOptions {
  /** What is measured. */
  readonly scrapers: HostScrapers;
  /** Where the host's file system is mounted. @default "/": the collector's own */
  readonly rootPath?: string;
  /** How often. @default "1m" */
  readonly collectionInterval?: Duration;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/** Groups of host metrics; each is on when it is there. */
export interface HostScrapers {
  readonly cpu?: HostScraper;
  readonly disk?: HostScraper;
  readonly filesystem?: FileSystemScraper;
  readonly load?: HostScraper & { /** Divide by the number of CPUs. @default false */ readonly cpuAverage?: boolean };
  readonly memory?: HostScraper;
  /** Interfaces of the collector's own network namespace: the host's only with `hostNetwork`. */
  readonly network?: HostScraper;
  readonly paging?: HostScraper;
  readonly processes?: HostScraper;
}

export interface HostScraper {
  /** Metrics that are switched on or off against their default: `{ "system.cpu.utilization": true }`. @default none */
  readonly metrics?: Readonly<Record<string, boolean>>;
}

export interface FileSystemScraper extends HostScraper {
  /** Mount points to leave out, as regular expressions. @default none */
  readonly excludeMountPoints?: readonly string[];
  /** Types of file systems to leave out, by name. @default none */
  readonly excludeFsTypes?: readonly string[];
}

/**
 * Measures the host: CPU, memory, disks, file systems.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/hostmetricsreceiver
 * @example
 * hostMetrics({ rootPath: "/hostfs", scrapers: { cpu: {}, memory: {}, load: { cpuAverage: true } } });
 */
export function hostMetrics({ scrapers, rootPath, collectionInterval, name }: HostMetricsOptions): Receiver<"metrics"> {
  const { cpu, disk, filesystem, load, memory, network, paging, processes } = scrapers;
  return {
    kind: "receiver",
    type: "host_metrics",
    ...(name === undefined ? {} : { name }),
    options: written({
      root_path: rootPath,
      collection_interval: collectionInterval,
      scrapers: written({
        cpu: cpu && switches(cpu),
        disk: disk && switches(disk),
        filesystem: filesystem && fileSystem(filesystem),
        load: load && written({ cpu_average: load.cpuAverage, ...switches(load) }),
        memory: memory && switches(memory),
        network: network && switches(network),
        paging: paging && switches(paging),
        processes: processes && switches(processes),
      }),
    }),
    emits: metricsOnly,
  };
}

function switches({ metrics }: HostScraper): Options {
  return metrics === undefined
    ? {}
    : { metrics: Object.fromEntries(Object.entries(metrics).map(([metric, enabled]) => [metric, { enabled }])) };
}

function fileSystem({ excludeMountPoints, excludeFsTypes, ...scraper }: FileSystemScraper): Options {
  return written({
    exclude_mount_points: excludeMountPoints && { mount_points: excludeMountPoints, match_type: "regexp" },
    exclude_fs_types: excludeFsTypes && { fs_types: excludeFsTypes, match_type: "strict" },
    ...switches(scraper),
  });
}
