import { type Finding, fieldAt, groupOf, identityOf, isRecord, type Resource } from "@plinth/core";
import { toolPath } from "../tools/ensure.ts";
import { runTool, type ToolRun } from "./run-tool.ts";

/** kubectl on one cluster. */
export interface Kubectl {
  /** Runs a command to its end, whatever comes of it. */
  readonly run: (parameters: readonly string[], input?: string) => Promise<ToolRun>;
  /** What kubectl says against a command that has to succeed, as a finding. */
  readonly findings: (what: string, parameters: readonly string[], input?: string) => Promise<Finding[]>;
  /** Every object of these kinds that Plinth has made, by identity. */
  readonly live: (kinds: readonly string[]) => Promise<ReadonlyMap<string, Resource>>;
}

/** kubectl with the kubeconfig of a cluster's administrator. */
export function kubectlOf(kubeconfig: string, signal: AbortSignal): Kubectl {
  const run = (parameters: readonly string[], input = ""): Promise<ToolRun> =>
    runTool(toolPath("kubectl"), ["--kubeconfig", kubeconfig, ...parameters], {
      input,
      signal,
      environment: { KUBECTL_APPLYSET: "true" },
    });
  return {
    run,
    findings: async (what, parameters, input) => {
      const { exitCode, stderr } = await run(parameters, input);
      return exitCode === 0 ? [] : [refusal(`kubectl refuses ${what}: ${stderr.trim()}`, "a command that succeeds")];
    },
    live: async (kinds) => {
      const { exitCode, stdout, stderr } = await run([
        "get",
        kinds.join(","),
        "--all-namespaces",
        "--selector=app.kubernetes.io/managed-by=plinth",
        "--output=json",
      ]);
      if (exitCode !== 0) throw new Error(`kubectl get: ${stderr.trim()}`);
      const items: unknown = fieldAt(JSON.parse(stdout), "items");
      const found = Array.isArray(items) ? items.filter(isObject) : [];
      return new Map(found.map((object) => [identityOf(object), object]));
    },
  };
}

/** The kinds of some objects as kubectl names them: `NetworkPolicy.networking.k8s.io`. */
export function kindNames(resources: readonly Resource[]): readonly string[] {
  const names = resources.map((resource) => {
    const group = groupOf(resource);
    return group === "" ? resource.kind : `${resource.kind}.${group}`;
  });
  return [...new Set(names)].sort();
}

export function refusal(message: string, expected: string, file?: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message,
    expected,
    ...(file === undefined ? {} : { file }),
  };
}

function isObject(value: unknown): value is Resource {
  return (
    isRecord(value) &&
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    typeof fieldAt(value, "metadata", "name") === "string"
  );
}
