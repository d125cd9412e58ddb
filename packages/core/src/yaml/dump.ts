import { DUMP_SCHEMA, defineScalarTag, dump, NOT_RESOLVED, type ScalarTagDefinition, type Schema } from "js-yaml";

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
 * A value as YAML by js-yaml alone: slow, and right for every value. `emitYaml` writes the same bytes.
 *
 * @see https://github.com/nodeca/js-yaml
 */
export function dumpYaml(value: unknown): string {
  return dump(value, { schema, noRefs: true, lineWidth: -1, quoteStyle: "double" });
}
