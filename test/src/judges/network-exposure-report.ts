import { fieldAt } from "@plinth/core";
import { type PortRange, readAnalyzerPorts } from "@plinth/policies";

/** An exposure: a workload and who may, in one direction, be at the other end beside the workloads that run today. */
export interface Exposure {
  /** `team-backend/checkout`. */
  readonly workload: string;
  readonly direction: "ingress" | "egress";
  /** `entire-cluster`, `[all namespaces]/[pod with {app=x}]`, or addresses. */
  readonly other: string;
  readonly ports: readonly PortRange[];
}

/**
 * The exposures that np-guard's `netpolicy list --exposure --output json` printed; `undefined` when it printed anything else.
 *
 * @see https://github.com/np-guard/netpol-analyzer/blob/v1.4.4/docs/exposure_analysis.md
 */
export function readExposureReport(output: string): readonly Exposure[] | undefined {
  const results = fieldAt(parseJson(output), "exposure_results");
  const rows = (name: string): readonly unknown[] | undefined => {
    const list = fieldAt(results, name);
    // Without any exposure in a direction the list is null.
    if (list === null) return [];
    return Array.isArray(list) ? list : undefined;
  };
  const [egress, ingress] = [rows("egress_exposure"), rows("ingress_exposure")];
  if (egress === undefined || ingress === undefined) return undefined;
  const exposures = [
    ...egress.map((row) => readRow(row, "egress", fieldAt(row, "src"), fieldAt(row, "dst"))),
    ...ingress.map((row) => readRow(row, "ingress", fieldAt(row, "dst"), fieldAt(row, "src"))),
  ];
  return exposures.includes(undefined) ? undefined : exposures.flatMap((exposure) => exposure ?? []);
}

/** The lines of `netpolicy list --exposure` about workloads that no policy isolates: `team-backend/checkout`, by direction. Only its text says them. */
export function readUnprotected(output: string): readonly Pick<Exposure, "workload" | "direction">[] {
  return [...output.matchAll(/^(?<workload>\S+)\[\w+\] is not protected on (?<direction>Ingress|Egress)$/gm)].map(
    ({ groups }) => ({
      workload: groups?.["workload"] ?? "",
      direction: groups?.["direction"] === "Ingress" ? "ingress" : "egress",
    }),
  );
}

function readRow(
  row: unknown,
  direction: Exposure["direction"],
  workload: unknown,
  other: unknown,
): Exposure | undefined {
  const ports = readAnalyzerPorts(fieldAt(row, "conn"));
  const name = /^(?<name>[^/[\]]+\/[^/[\]]+)\[\w+\]$/.exec(String(workload))?.groups?.["name"];
  return name === undefined || typeof other !== "string" || ports === undefined
    ? undefined
    : { workload: name, direction, other, ports };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
