import { isRecord, listAt, textAt, textMapAt } from "@plinth/core";
import type { ExplainedObject } from "./explanation.ts";

/** An alerting rule as it is rendered, and the object that holds it. */
export interface RenderedAlert {
  readonly rule: { readonly alert: string; readonly labels?: Readonly<Record<string, string>> };
  readonly object: ExplainedObject;
}

/** Every alerting rule of PrometheusRules. */
export function alertingRulesIn(objects: readonly ExplainedObject[]): readonly RenderedAlert[] {
  return objects
    .filter(({ resource }) => resource.kind === "PrometheusRule")
    .flatMap((object) =>
      listAt(object.resource["spec"], "groups").flatMap((group) =>
        listAt(group, "rules").flatMap((rule) => {
          const alert = textAt(rule, "alert");
          return isRecord(rule) && alert !== "" ? [{ rule: { alert, labels: textMapAt(rule, "labels") }, object }] : [];
        }),
      ),
    );
}
