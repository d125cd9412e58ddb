import { type CelExpression, type CelLiteral, cel } from "../admission/cel.ts";

/** A CEL list with the one JSON patch that writes a value at a path, or without any where it need not be written. */
export function writeWhere(absent: CelExpression, path: string, value: CelExpression | CelLiteral): CelExpression {
  return cel`${absent} ? [JSONPatch{op: 'add', path: ${path}, value: ${value}}] : []`;
}

/** A CEL list with the one JSON patch that writes a value at a path. */
export function write(path: string, value: CelExpression | CelLiteral): CelExpression {
  return cel`[JSONPatch{op: 'add', path: ${path}, value: ${value}}]`;
}

/** Lists of patches, one after the other. */
export function patchesOf(...lists: readonly CelExpression[]): CelExpression {
  return { expression: lists.map(({ expression }) => `(${expression})`).join("\n  + ") };
}

/** Containers that a pod may have when it is created. */
const containerLists: readonly string[] = ["containers", "initContainers"];

/**
 * Writes a value into containers and init containers, where a condition on the container `c` holds.
 *
 * @param field the path below the container: `/securityContext`
 */
export function writeInContainers(
  where: CelExpression,
  field: string,
  value: CelExpression | CelLiteral,
): CelExpression {
  return patchesOf(
    ...containerLists.map((list): CelExpression => {
      const all = { expression: list === "containers" ? "object.spec.containers" : `object.spec.?${list}.orValue([])` };
      return cel`lists.range(${all}.size())
        .filter(i, [${all}[i]].exists(c, ${where}))
        .map(i, JSONPatch{op: 'add', path: ${`/spec/${list}/`} + string(i) + ${field}, value: ${value}})`;
    }),
  );
}
