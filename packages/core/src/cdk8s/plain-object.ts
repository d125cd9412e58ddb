import { ApiObject, JsonPatch } from "cdk8s";
import { isPlainObject, plainValue } from "./plain-value.ts";

/**
 * What an ApiObject says, as plain data: what `toJson` gives, with every `null`, every empty map and the order of keys as they were written.
 *
 * The object's properties are read before cdk8s cleans them. A generated class (`KubeDeployment`, an imported custom resource) translates its properties
 * in its own `toJson`; there the translation counts, and what it lost is put back.
 *
 * @throws what resolving, patching or the class's own translation throws
 */
export function plainObjectOf(object: ApiObject): Readonly<Record<string, unknown>> {
  const written = patched(object, {
    ...propertiesOf(object),
    metadata: metadataOf(object),
  });
  if (isUntranslated(object)) return written;
  const translated: unknown = object.toJson();
  const restored = withWhatWasLost(translated, written);
  return isPlainObject(restored) ? restored : written;
}

/** An object whose class adds nothing to what is written: its `toJson` is not asked. (`instanceof` would say yes to every ApiObject.) */
function isUntranslated({ toJson }: ApiObject): boolean {
  return toJson === ApiObject.prototype.toJson || toJson === PlainApiObject.prototype.toJson;
}

/** An ApiObject whose manifest is exactly what it was made of, `null` values and key order included. Labels and patches that are added later count, too. */
export class PlainApiObject extends ApiObject {
  public override toJson(): Readonly<Record<string, unknown>> {
    return plainObjectOf(this);
  }
}

// `props`, `patches` and the metadata's further attributes are private in TypeScript and there at run time (cdk8s 2.70.106).
function propertiesOf(object: ApiObject): Readonly<Record<string, unknown>> {
  const properties: unknown = Reflect.get(object, "props");
  const plain = plainValue(isPlainObject(properties) ? withoutMetadata(properties) : {}, object);
  if (!isPlainObject(plain)) return {};
  // Where metadata stood among the other fields: its place is kept.
  return isPlainObject(properties)
    ? Object.fromEntries(
        Object.keys(properties).flatMap((key) =>
          key === "metadata" ? [[key, {}]] : key in plain ? [[key, plain[key]]] : [],
        ),
      )
    : plain;
}

function withoutMetadata(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== "metadata"));
}

/** The metadata with what was added after the object was made, in the order in which it was written; what only cdk8s added comes last. */
function metadataOf(object: ApiObject): Readonly<Record<string, unknown>> {
  const { metadata } = object;
  const further: unknown = Reflect.get(metadata, "_additionalAttributes");
  const properties: unknown = Reflect.get(object, "props");
  const writtenMetadata: unknown = isPlainObject(properties) ? properties["metadata"] : undefined;
  const written = isPlainObject(writtenMetadata) ? writtenMetadata : {};
  const known: Readonly<Record<string, unknown>> = {
    ...(isPlainObject(further) ? further : {}),
    name: metadata.name,
    namespace: metadata.namespace,
    ...Object.fromEntries(
      (["labels", "annotations", "finalizers", "ownerReferences"] as const).map((field) => [
        field,
        Reflect.get(metadata, field),
      ]),
    ),
  };
  const keys = [...new Set([...Object.keys(written), ...Object.keys(known)])];
  const plain = plainValue(
    Object.fromEntries(keys.flatMap((key) => (isEmpty(known[key]) && !(key in written) ? [] : [[key, known[key]]]))),
    object,
    ["metadata"],
  );
  return isPlainObject(plain) ? plain : {};
}

// cdk8s gives each object empty labels, annotations, finalizers and owners of its own accord.
function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isPlainObject(value) && Object.keys(value).length === 0;
}

function patched(object: ApiObject, written: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const patches: unknown = Reflect.get(object, "patches");
  if (!Array.isArray(patches) || patches.length === 0) return written;
  const result: unknown = JsonPatch.apply(written, ...patches.filter((patch) => patch instanceof JsonPatch));
  return isPlainObject(result) ? result : written;
}

/** The translation in the order of what was written, with the `null` members that were dropped on the way. */
function withWhatWasLost(translated: unknown, written: unknown): unknown {
  if (Array.isArray(translated) && Array.isArray(written) && translated.length === written.length)
    return translated.map((entry: unknown, index) => withWhatWasLost(entry, written[index]));
  if (!isPlainObject(translated) || !isPlainObject(written)) return translated;
  const kept = Object.keys(written).flatMap((key): [string, unknown][] => {
    if (written[key] === null) return [[key, null]];
    return Object.hasOwn(translated, key) ? [[key, withWhatWasLost(translated[key], written[key])]] : [];
  });
  const added = Object.entries(translated).filter(([key]) => !Object.hasOwn(written, key));
  return Object.fromEntries([...kept, ...added]);
}
