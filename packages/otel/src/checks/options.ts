import type { Finding } from "@plinth/core";
import { sectionOfKind } from "../configuration/collector-config.ts";
import { type ComponentKind, typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { type CheckedConfig, configuredComponents } from "./checked-config.ts";
import { connectorRules } from "./connector-rules.ts";
import { exporterRules } from "./exporter-rules.ts";
import { extensionRules } from "./extension-rules.ts";
import { processorRules } from "./processor-rules.ts";
import { receiverRules } from "./receiver-rules.ts";
import type { ValueRule } from "./value-rule.ts";

const rules: Readonly<Record<ComponentKind, Readonly<Record<string, readonly ValueRule[]>>>> = {
  receiver: receiverRules,
  processor: processorRules,
  exporter: exporterRules,
  connector: connectorRules,
  extension: extensionRules,
};

/** What the options of each component say fits together, is within its limits, and is all there. */
export function checkOptions(checked: CheckedConfig): Finding[] {
  return configuredComponents(checked).flatMap(({ id, kind, path }) => {
    const written = typeOf(id);
    if (checked.plainTypes[kind].has(written)) return [];
    const options = checked.config[sectionOfKind[kind]]?.[id] ?? {};
    return (rules[kind][currentType(kind, written)] ?? []).flatMap((rule) => rule(options, path));
  });
}
