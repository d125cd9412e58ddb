import { isDeepStrictEqual } from "node:util";
import { emitYaml, type Finding, type Resource } from "@plinth/core";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import { isKubernetesObject, type KubernetesObject } from "../cluster/kubernetes-object.ts";
import { type ChangeCase, nameOf } from "./kyverno-changes-cases.ts";
import { policyRows } from "./pod-security-verdicts.ts";

/** Where the report of a run says something else than its case: row by row, because an object that was never matched has none. */
export function rowFindings(each: ChangeCase, output: string): readonly Finding[] {
  const rows = policyRows(output);
  if (rows === undefined)
    return [
      {
        ...about(each),
        code: "tool-failed",
        message: `the Kyverno command line printed no report: ${output.trim().slice(0, 400)}`,
      },
    ];
  const left = Map.groupBy(rows, ({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);
  const findings = each.rows.flatMap(({ kind, namespace, name, results }): Finding[] => {
    const key = `${kind} ${namespace}/${name}`;
    const found = (left.get(key) ?? []).map(({ result }) => result);
    left.delete(key);
    const [result] = found;
    if (found.length === 1 && result !== undefined && results.includes(result)) return [];
    const said = found.length === 0 ? "has no row" : `is reported as ${found.join(", ")}`;
    return [{ ...about(each), resource: key, message: `${key} ${said}`, expected: `one row: ${results.join(" or ")}` }];
  });
  return [
    ...findings,
    ...[...left].map(
      ([key, [row]]): Finding => ({
        ...about(each),
        resource: key,
        message: `${key} is reported as ${row?.result ?? "nothing"}: ${row?.message ?? ""}`,
        expected: "no row: the policy is not about it",
      }),
    ),
  ];
}

/** Where the printed objects are others than those of the case. */
export function objectFindings(each: ChangeCase, printed: readonly KubernetesObject[]): readonly Finding[] {
  if (each.objects === undefined) return [];
  const found = new Map(printed.map((object) => [nameOf(object), object]));
  const findings = each.objects.flatMap((object): Finding[] => {
    const name = nameOf(object);
    const other = found.get(name);
    found.delete(name);
    if (other !== undefined && isDeepStrictEqual(plain(other), plain(object))) return [];
    return [
      {
        ...about(each),
        resource: name,
        message: other === undefined ? `${name} is not printed` : `${name} comes out as\n${emitYaml(other)}`,
        expected: emitYaml(object),
      },
    ];
  });
  return [
    ...findings,
    ...[...found.keys()].map(
      (name): Finding => ({
        ...about(each),
        resource: name,
        message: `${name} is printed`,
        expected: "no such object",
      }),
    ),
  ];
}

/** The objects of a file that the command line printed. */
export function printedObjects(text: string): readonly KubernetesObject[] {
  return loadAll(text, { schema: CORE_SCHEMA }).filter(isKubernetesObject);
}

function plain(value: Resource | KubernetesObject): unknown {
  return JSON.parse(JSON.stringify(value));
}

function about(each: ChangeCase): Pick<Finding, "code" | "severity" | "path"> {
  return { code: "rejected-by-judge", severity: "error", path: `policies[${each.name}]` };
}
