export { type BinaryLocations, findKubeconform, type LocatedBinary } from "./binary/locate.ts";
export { type DerivedSchemas, deriveSchemas, type SchemaSources } from "./schemas/derive-schemas.ts";
export { judge, type ValidationInput, type ValidationOptions, validate } from "./validate.ts";
export type { Verdict } from "./verdicts/verdict.ts";
