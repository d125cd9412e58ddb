import { type Finding, nearestName } from "@plinth/core";
import { isSince } from "../configuration/collector-version.ts";
import { typeOf } from "../configuration/component.ts";
import { componentTypes, currentType } from "../configuration/component-types.ts";
import { type CheckedConfig, componentUses, configuredComponents, typeOfComponent } from "./checked-config.ts";
import { report } from "./rule.ts";

/** Each component is of a type that the collector has, in the spelling of its release. */
export function checkComponentTypes(checked: CheckedConfig): Finding[] {
  const { version } = checked;
  return configuredComponents(checked).flatMap(({ id, kind, path }): Finding[] => {
    const written = typeOf(id);
    if (checked.plainTypes[kind].has(written)) return [];
    const type = currentType(kind, written);
    const known = typeOfComponent(checked, kind, id);
    if (known === undefined) {
      const nearest = nearestName(written, Object.keys(componentTypes[kind]));
      return [
        report("known-component", path, {
          message: `${JSON.stringify(written)} is not ${kind === "extension" || kind === "exporter" ? "an" : "a"} ${kind} that Plinth knows`,
          ...(nearest === undefined ? {} : { expected: `perhaps ${nearest}`, example: nearest }),
          hint: `a ${kind} of another distribution can be given as plain data`,
        }),
      ];
    }
    const { formerly } = known;
    if (formerly === undefined) return [];
    const isNew = isSince(version, formerly.until);
    if (isNew && written === formerly.name) {
      return [
        report("current-name", path, {
          message: `the ${kind} ${formerly.name} is called ${type} since ${formerly.until}`,
          expected: type,
          example: id.replace(written, type),
        }),
      ];
    }
    if (!isSince(version, formerly.perhapsUntil ?? formerly.until) && written === type) {
      return [
        report("known-component", path, {
          message: `the ${kind} ${type} is called ${formerly.name} before ${formerly.until}, and this collector is ${version}`,
          expected: formerly.name,
          example: id.replace(written, formerly.name),
        }),
      ];
    }
    return [];
  });
}

/** Each component that is named is configured. */
export function checkConfiguredComponents(checked: CheckedConfig): Finding[] {
  const configured = configuredComponents(checked);
  return componentUses(checked)
    .filter(({ id, kind }) => !configured.some((component) => component.id === id && component.kind === kind))
    .map(({ id, kind, path, role }) => {
      const candidates = configured
        .filter(
          (component) =>
            component.kind === kind || (component.kind === "connector" && (role === "source" || role === "sink")),
        )
        .map((component) => component.id);
      const nearest = nearestName(id, candidates);
      return report("configured-component", path, {
        message: `${JSON.stringify(id)} is not configured`,
        expected: candidates.length === 0 ? `a configured ${kind}` : `one of ${candidates.join(", ")}`,
        ...(nearest === undefined ? {} : { example: nearest }),
      });
    });
}

/** Each component that is configured is used: the collector starts without those that are not, and says nothing. */
export function checkUsedComponents(checked: CheckedConfig): Finding[] {
  const uses = componentUses(checked);
  return configuredComponents(checked)
    .filter(({ id, kind }) => !uses.some((use) => use.id === id && use.kind === kind))
    .map(({ id, kind, path }) =>
      report("used-component", path, {
        message: `the ${kind} ${id} is configured, and ${kind === "extension" ? "service.extensions does not name it" : "no pipeline uses it"}`,
        expected: kind === "extension" ? "every extension in service.extensions" : "every component in a pipeline",
      }),
    );
}
