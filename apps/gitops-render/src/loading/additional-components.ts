import { type Component, type Finding, isDnsLabel, isRecord, type SourceLocation } from "@plinth/core";

/** Components that a platform's module lists beside its default export, or what is wrong with the list. */
export type AdditionalComponents =
  | { readonly components: readonly Component[] }
  | { readonly findings: readonly Finding[] };

const layers: readonly unknown[] = ["foundation", "application", "argocd"];

/** Reads what a module exports as `additionalComponents`: nothing, or a list of components. */
export function additionalComponents(exported: unknown, source: SourceLocation): AdditionalComponents {
  if (exported === undefined) return { components: [] };
  if (!Array.isArray(exported)) return { findings: [wrong("additionalComponents", "is not a list", source)] };
  const entries: readonly unknown[] = exported;
  const findings = entries.flatMap((entry, index): readonly Finding[] =>
    isComponent(entry) ? [] : [wrong(`additionalComponents[${index}]`, "is not a component", source)],
  );
  return findings.length > 0 ? { findings } : { components: entries.filter(isComponent) };
}

function isComponent(value: unknown): value is Component {
  return (
    isRecord(value) && typeof value["name"] === "string" && isDnsLabel(value["name"]) && layers.includes(value["layer"])
  );
}

function wrong(path: string, message: string, source: SourceLocation): Finding {
  return {
    code: "invalid-field",
    severity: "error",
    source,
    path,
    message,
    expected: "what customDashboards returns, or any component: its name is a DNS label",
    example: 'export const additionalComponents = [customDashboards({ name: "business", title: "Business", … })];',
  };
}
