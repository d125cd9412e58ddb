/** Why a value cannot be written as YAML, and where in it. */
export interface YamlProblem {
  /** `spec.containers[0].name`; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

/** Everything in a value that YAML, or the API server after it, could not read back as the same. */
export function yamlProblems(value: unknown): YamlProblem[] {
  const problems: YamlProblem[] = [];
  collect(value, "", new Set(), problems);
  return problems;
}

function collect(value: unknown, path: string, ancestors: Set<object>, problems: YamlProblem[]): void {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed())
        problems.push({ path, message: "has half of a surrogate pair, which is no character" });
      return;
    case "number":
      if (!Number.isFinite(value)) problems.push({ path, message: `is ${value}, which JSON does not have` });
      return;
    case "boolean":
      return;
    case "object":
      break;
    default:
      problems.push({ path, message: `is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}` });
      return;
  }
  if (value === null) return;
  if (ancestors.has(value)) {
    problems.push({ path, message: "contains itself" });
    return;
  }
  ancestors.add(value);
  if (Array.isArray(value)) {
    // A loop by index sees holes, which forEach does not.
    for (let index = 0; index < value.length; index++) collect(value[index], `${path}[${index}]`, ancestors, problems);
  } else if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
    problems.push({ path, message: `is a ${value.constructor.name}, not plain data` });
  } else {
    for (const [key, member] of Object.entries(value)) {
      if (!key.isWellFormed())
        problems.push({ path, message: "has a key with half of a surrogate pair, which is no character" });
      collect(member, path === "" ? key : `${path}.${key}`, ancestors, problems);
    }
  }
  ancestors.delete(value);
}
