/**
 * For packages that read plain data by a zod schema: its issues as findings. Apart from the rest of core, because only who writes a schema sees zod.
 */
export { printPath, schemaFindings } from "./model/schema-findings.ts";
