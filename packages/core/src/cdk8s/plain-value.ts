import {
  type ApiObject,
  ImplicitTokenResolver,
  LazyResolver,
  NumberStringUnionResolver,
  ResolutionContext,
} from "cdk8s";
import type { Construct } from "constructs";

/** What cdk8s resolves values with: the app's own resolvers and its built-in ones, in order. */
interface ValueResolver {
  resolve(context: ResolutionContext): void;
}

const builtIn: readonly ValueResolver[] = [
  new LazyResolver(),
  new ImplicitTokenResolver(),
  new NumberStringUnionResolver(),
];

/** The resolvers of the app that the object belongs to. */
function resolversOf(object: ApiObject): readonly ValueResolver[] {
  const root: Construct = object.node.root;
  const resolvers: unknown = Reflect.get(root, "resolvers");
  return Array.isArray(resolvers) && resolvers.every(isResolver) ? resolvers : builtIn;
}

function isResolver(value: unknown): value is ValueResolver {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, "resolve") === "function";
}

/**
 * The value as plain data: lazy values and tokens resolved, members that are `undefined` left out. Unlike in cdk8s's own `toJson`, `null` stays, and so
 * does the order of keys: https://github.com/cdk8s-team/cdk8s-core/blob/2.x/src/_util.ts sorts the keys and drops `null` members.
 *
 * @throws TypeError for an instance of a class that nothing resolves
 */
export function plainValue(
  value: unknown,
  object: ApiObject,
  path: readonly string[] = [],
  resolvers: readonly ValueResolver[] = resolversOf(object),
): unknown {
  if (value === null || value === undefined) return value;
  const resolved = resolvedOnce(value, object, path, resolvers);
  if (resolved !== undefined) return plainValue(resolved.value, object, path, resolvers);
  if (Array.isArray(value))
    return value.map((entry, index) => plainValue(entry, object, [...path, String(index)], resolvers));
  if (typeof value === "function" || (typeof value === "object" && !isPlainObject(value)))
    throw new TypeError(
      `${path.join(".")} is ${typeof value === "function" ? "a function" : `an instance of ${value.constructor.name}`}, not plain data`,
    );
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
      const plain = plainValue(member, object, [...path, key], resolvers);
      return plain === undefined ? [] : [[key, plain]];
    }),
  );
}

function resolvedOnce(
  value: NonNullable<unknown>,
  object: ApiObject,
  path: readonly string[],
  resolvers: readonly ValueResolver[],
): { readonly value: unknown } | undefined {
  for (const resolver of resolvers) {
    // It takes a map with a key `constructor` for an instance of a class.
    if (resolver instanceof NumberStringUnionResolver && isPlainObject(value)) continue;
    const context = new ResolutionContext(object, [...path], value);
    resolver.resolve(context);
    if (context.replaced) return { value: context.replacedValue };
  }
  return undefined;
}

/** True for a map as JSON has them. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
