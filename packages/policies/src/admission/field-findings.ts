import type { Finding } from "@plinth/core";
import { type CelNode, parseCel } from "./cel-syntax.ts";
import { type FieldPath, hasModel, shapeOfField } from "./kind-models.ts";
import { matchedKinds, standardVariables } from "./match.ts";
import type { AnyPolicy } from "./policy.ts";

/** What an expression may be, as far as it comes from the object: fields of it, members of lists, entries of maps. Nothing known is the empty value. */
interface Value {
  readonly paths: readonly FieldPath[];
  readonly member?: Value;
  readonly entries?: Readonly<Record<string, Value>>;
}

const unknown: Value = { paths: [] };

/** Words that take a list apart, with the name of each member as their first parameter. */
const comprehensions: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "filter", "map"]);

/**
 * Fields of the object that a policy reads and that its kind does not have. CEL finds out only when it runs: a misspelt field behind `.?` is never there, and any
 * other is an error. Kinds without a model are left out; of several kinds, one must have the field.
 *
 * @example
 * policyCatalog.flatMap(fieldFindings); // []
 */
export function fieldFindings(policy: AnyPolicy): readonly Finding[] {
  const kinds = matchedKinds(policy.match).map(({ kind }) => kind);
  if (!kinds.every(hasModel)) return [];
  const missing = new Map<string, string>();
  const variables = new Map<string, Value>();
  const read = (field: string, expression: string): void => {
    const { node } = parseCel(expression);
    if (node === undefined) return;
    const reader = new FieldReader(kinds, variables, (path) => missing.set(path, field));
    variables.set(field.replace("variables.", ""), reader.value(node, new Map()));
  };
  for (const [name, { expression }] of Object.entries({ ...standardVariables[policy.match.kind], ...policy.variables }))
    read(`variables.${name}`, expression);
  read("offenders", policy.offenders.expression);
  return [...missing].map(
    ([path, field]): Finding => ({
      code: "invalid-expression",
      severity: "error",
      path: `policies[${policy.name}].${field}`,
      message: `${kinds.join(" and ")} ${kinds.length === 1 ? "has" : "have"} no field ${path}`,
      expected: "a field of the kind that the policy matches",
    }),
  );
}

type Scope = ReadonlyMap<string, Value>;

class FieldReader {
  readonly #kinds: readonly string[];
  readonly #variables: ReadonlyMap<string, Value>;
  readonly #miss: (path: string) => void;

  constructor(kinds: readonly string[], variables: ReadonlyMap<string, Value>, miss: (path: string) => void) {
    this.#kinds = kinds;
    this.#variables = variables;
    this.#miss = miss;
  }

  value(node: CelNode, scope: Scope): Value {
    switch (node.kind) {
      case "literal":
        return unknown;
      case "name":
        return (
          scope.get(node.name) ?? (node.name === "object" || node.name === "oldObject" ? { paths: [[]] } : unknown)
        );
      case "select":
        return this.#select(node.operand, node.field, scope);
      case "index":
        return this.#index(node.operand, node.index, scope);
      case "call":
        return this.#call(node, scope);
      case "unary":
        this.value(node.operand, scope);
        return unknown;
      case "binary": {
        const sides = [this.value(node.left, scope), this.value(node.right, scope)];
        return node.operator === "+" ? union(sides) : unknown;
      }
      case "conditional":
        this.value(node.condition, scope);
        return union([this.value(node.then, scope), this.value(node.otherwise, scope)]);
      case "list":
        return { paths: [], member: union(node.members.map((member) => this.value(member, scope))) };
      case "map":
        return { paths: [], entries: this.#entries(node.entries, scope) };
      case "message":
        for (const { value } of node.fields) this.value(value, scope);
        return unknown;
    }
  }

  #entries(entries: readonly { key: CelNode; value: CelNode }[], scope: Scope): Record<string, Value> {
    return Object.fromEntries(
      entries.map(({ key, value }) => [key.kind === "literal" ? key.text.slice(1, -1) : "", this.value(value, scope)]),
    );
  }

  #select(operand: CelNode, field: string, scope: Scope): Value {
    if (operand.kind === "name" && operand.name === "variables" && !scope.has("variables"))
      return this.#variables.get(field) ?? unknown;
    return this.#field(this.value(operand, scope), field);
  }

  #index(operand: CelNode, index: CelNode, scope: Scope): Value {
    const value = this.value(operand, scope);
    this.value(index, scope);
    if (index.kind !== "literal") return value.member ?? unknown;
    return index.type === "string" ? this.#field(value, index.text.slice(1, -1)) : this.#member(value);
  }

  #call(node: Extract<CelNode, { kind: "call" }>, scope: Scope): Value {
    const target = node.target === undefined ? undefined : this.value(node.target, scope);
    const [first, ...rest] = node.parameters;
    if (target !== undefined && comprehensions.has(node.name) && first?.kind === "name" && rest.length > 0) {
      const inner = new Map([...scope, [first.name, this.#member(target)]]);
      const results = rest.map((each) => this.value(each, inner));
      if (node.name === "filter") return target;
      return node.name === "map" ? { paths: [], member: results.at(-1) ?? unknown } : unknown;
    }
    const parameters = node.parameters.map((each) => this.value(each, scope));
    if (target === undefined) return unknown;
    return node.name === "orValue" || node.name === "or" ? union([target, ...parameters]) : unknown;
  }

  #field({ paths, entries, member }: Value, field: string): Value {
    const known = paths.map((path): FieldPath => [...path, field]).filter((path) => this.#has(path));
    const entry = entries?.[field];
    if (paths.length > 0 && known.length === 0 && entry === undefined && member === undefined)
      for (const path of paths) this.#miss(describePath([...path, field]));
    return union([{ paths: known }, ...(entry === undefined ? [] : [entry])]);
  }

  #has(path: FieldPath): boolean {
    return this.#kinds.some((kind) => shapeOfField(kind, path) !== undefined);
  }

  #member({ paths, member }: Value): Value {
    const lists = paths.filter((path) => this.#kinds.some((kind) => shapeOfField(kind, path) === "list"));
    return union([{ paths: lists.map((path): FieldPath => [...path, 0]) }, ...(member === undefined ? [] : [member])]);
  }
}

/** `spec.containers[].image` */
function describePath(path: FieldPath): string {
  return path
    .map((step) => (step === 0 ? "[]" : `.${step}`))
    .join("")
    .slice(1);
}

function union(values: readonly Value[]): Value {
  const members = values.flatMap(({ member }) => (member === undefined ? [] : [member]));
  const entries = values.flatMap((value) => (value.entries === undefined ? [] : [value.entries]));
  return {
    paths: values.flatMap(({ paths }) => paths),
    ...(members.length === 0 ? {} : { member: union(members) }),
    ...(entries.length === 0 ? {} : { entries: Object.assign({}, ...entries) }),
  };
}
