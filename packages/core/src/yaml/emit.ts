import { DUMP_SCHEMA, defineScalarTag, dump, NOT_RESOLVED, type ScalarTagDefinition, type Schema } from "js-yaml";

/** Why a value cannot be written as YAML, and where in it. */
export interface YamlProblem {
  /** `spec.containers[0].name`; empty for the value itself. */
  readonly path: string;
  readonly message: string;
}

// What Kubernetes' parser reads as a number once it has taken all '_' out, and no YAML specification does: `0o14` is 12, `0b1` is 1, `+_7` is 7, `9_E5` is 900000.
// The grammar is that of resolve.go in go.yaml.in/yaml/v2: strconv.ParseInt with base 0, then its own expression for floats.
const goNumber = /^[-+]?(0[oOxXbB][0-9a-fA-F]*|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)$/;

/** True when Kubernetes' parser could read the plain text as a number. */
function isGoNumber(text: string): boolean {
  return /^[-+.0-9]/.test(text) && goNumber.test(text.replaceAll("_", ""));
}

/** A scalar tag of js-yaml's schema for dumping. */
function scalarTag(tagName: string): ScalarTagDefinition {
  const tag = DUMP_SCHEMA.tags.find((candidate) => candidate.tagName === tagName);
  if (tag?.nodeKind !== "scalar") throw new TypeError(`js-yaml has no scalar tag ${tagName}`);
  return tag;
}

/** js-yaml's schema for dumping, told to quote also what only Kubernetes' parser would read as a number. */
function kubernetesSchema(): Schema {
  const int = scalarTag("tag:yaml.org,2002:int");
  const float = scalarTag("tag:yaml.org,2002:float");
  const resolve: typeof int.resolve = (text, explicit, tag) => {
    const own = int.resolve(text, explicit, tag);
    // What a specification calls a float stays one: numbers are written as such tags say.
    if (own !== NOT_RESOLVED || !isGoNumber(text) || float.resolve(text, explicit, tag) !== NOT_RESOLVED) return own;
    return 0;
  };
  return DUMP_SCHEMA.withTags(defineScalarTag(int.tagName, { ...int, resolve }));
}

const schema = kubernetesSchema();

/**
 * A value as YAML that Kubernetes' parser reads back as the same value: strings that could be read as anything else are quoted, `null` is kept,
 * nothing is folded, nothing is an alias. Keys stand in the order of the value.
 *
 * The value must have passed `yamlProblems`.
 *
 * @example
 * emitYaml({ port: "8080", enabled: "yes" }); // port: "8080"\nenabled: "yes"\n
 */
export function emitYaml(value: unknown): string {
  return dump(value, { schema, noRefs: true, lineWidth: -1, quoteStyle: "double" });
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
