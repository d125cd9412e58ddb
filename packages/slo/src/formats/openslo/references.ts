import { type Finding, fieldAt } from "@plinth/core";
import type { z } from "zod";
import { readShape } from "../read-shape.ts";
import {
  openSloShapes,
  type ReadCondition,
  type ReadIndicator,
  type ReadObject,
  type ReadPolicy,
} from "./v1-shapes.ts";

/** Objects that SLOs refer to by name, of all documents of a file. */
export interface OpenSloReferences {
  readonly indicators: ReadonlyMap<string, ReadIndicator>;
  readonly policies: ReadonlyMap<string, ReadPolicy>;
  readonly conditions: ReadonlyMap<string, ReadCondition>;
}

/** The objects that SLOs may refer to, and what is wrong with them. */
export function openSloReferences(documents: readonly { readonly input: unknown; readonly prefix: string }[]): {
  readonly references: OpenSloReferences;
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const read = <Spec>(kind: string, shape: z.ZodType<ReadObject<Spec>>): ReadonlyMap<string, Spec> =>
    new Map(
      documents.flatMap(({ input, prefix }): readonly (readonly [string, Spec])[] => {
        if (fieldAt(input, "kind") !== kind) return [];
        const { value, findings: own } = readShape(shape, input, { prefix });
        findings.push(...own);
        return value === undefined ? [] : [[value.metadata.name, value.spec]];
      }),
    );
  const references = {
    indicators: read("SLI", openSloShapes.indicator),
    policies: read("AlertPolicy", openSloShapes.alertPolicy),
    conditions: read("AlertCondition", openSloShapes.alertCondition),
  };
  return { references, findings };
}

/** Kinds that stand beside SLOs, by version: what SLOs refer to, and what says nothing about objectives. */
export const openSloKindsBeside: Readonly<Record<"openslo/v1" | "openslo/v1alpha", ReadonlySet<string>>> = {
  "openslo/v1alpha": new Set(["Service"]),
  "openslo/v1": new Set(["SLI", "AlertPolicy", "AlertCondition", "Service", "DataSource", "AlertNotificationTarget"]),
};
