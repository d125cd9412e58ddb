import { type LabelOf, type Matcher, type Metric, metric, noneOf } from "@plinth/metrics";

/** What a file system of a node is told apart by. */
export const byFilesystem = ["instance", "device", "mountpoint"] as const;

/** Not file systems that are memory, or a view of another one. */
export const onDisk: { readonly fstype: Matcher } = {
  fstype: noneOf("tmpfs", "ramfs", "overlay", "squashfs", "iso9660", "nsfs"),
};

type FilesystemMetric = Metric<string, LabelOf<"node_filesystem_size_bytes">>;

/** What node-exporter says of a file system. */
export const filesystem: {
  readonly available: FilesystemMetric;
  readonly size: FilesystemMetric;
  readonly inodes: FilesystemMetric;
  readonly freeInodes: FilesystemMetric;
  readonly readOnly: FilesystemMetric;
} = {
  available: metric("node_filesystem_avail_bytes"),
  size: metric("node_filesystem_size_bytes"),
  inodes: metric("node_filesystem_files"),
  freeInodes: metric("node_filesystem_files_free"),
  readOnly: metric("node_filesystem_readonly"),
};

/** The root file system of a machine, for scenarios. */
export const rootFilesystem = { instance: "10.30.0.7:9100", device: "/dev/nvme0n1p1", mountpoint: "/" } as const;
