import type { Finding } from "@plinth/core";
import { isRecord } from "@plinth/core";
import { type ComponentKind, type OptionShape, optionShapes, printOptionShape } from "@plinth/otel";
import { toolPath } from "../tools/ensure.ts";
import { runTool, toolFailed } from "./run-tool.ts";

const kinds: readonly ComponentKind[] = ["receiver", "processor", "exporter", "connector", "extension"];

/** Plinth's table of options is what the Go types of this collector's components say, for each that it holds. */
export async function judgeOptions(
  signal: AbortSignal,
): Promise<{ readonly read: string; readonly findings: readonly Finding[] }> {
  const run = await runTool(toolPath("otelcol"), ["options"], { signal });
  if (run.exitCode !== 0) return { read: "no options", findings: [toolFailed("otelcol", run)] };
  const said: unknown = JSON.parse(run.stdout);
  const compared = kinds.flatMap((kind) => {
    const components = isRecord(said) ? said[kind] : undefined;
    return isRecord(components)
      ? Object.entries(components).map(([type, shape]) => compareShapes(kind, type, shape))
      : [];
  });
  return { read: `options of ${compared.length} components`, findings: compared.flat() };
}

function compareShapes(kind: ComponentKind, type: string, said: unknown): Finding[] {
  const printed = printOptionShape(shapeOf(said));
  const known = optionShapes[kind][type];
  if (printed === known) return [];
  return [
    {
      code: "rejected-by-judge",
      severity: "error",
      message: `the options of the ${kind} ${type} are others`,
      expected: printed,
      hint: "packages/otel/src/checks/option-shapes.ts holds them; what is new belongs into the component's factory, too",
    },
  ];
}

/** A shape as `otelcol options` writes it: a scalar by its name, and no field where there is nothing. */
function shapeOf(said: unknown): OptionShape {
  if (typeof said === "string") return scalars[said] ?? "any";
  if (!isRecord(said)) return "any";
  if (said["list"] !== undefined) return { list: shapeOf(said["list"]) };
  if (said["map"] !== undefined) return { map: shapeOf(said["map"]) };
  const options = Object.fromEntries(
    Object.entries(isRecord(said["options"]) ? said["options"] : {}).map(([name, option]) => [name, shapeOf(option)]),
  );
  return said["others"] === undefined ? { options } : { options, others: shapeOf(said["others"]) };
}

const scalars: Readonly<Record<string, OptionShape>> = {
  text: "text",
  whole: "whole",
  count: "count",
  number: "number",
  flag: "flag",
  duration: "duration",
  atom: "atom",
  pairs: "pairs",
  any: "any",
};
