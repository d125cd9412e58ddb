import { type Finding, nearestName } from "@plinth/core";
import { isOptions, sectionOfKind } from "../configuration/collector-config.ts";
import { type OptionValue, typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { type CheckedConfig, configuredComponents } from "./checked-config.ts";
import { report } from "./rule.ts";
import { isFilledIn } from "./value-rule.ts";

/** Options that name an extension, and what kinds of extensions can be named there; any where Plinth knows no list. */
const extensionOptions: Readonly<Record<string, readonly string[]>> = {
  authenticator: ["basicauth", "bearertokenauth", "headers_setter", "oauth2client", "sigv4auth"],
  storage: ["file_storage"],
  k8s_leader_elector: ["k8s_leader_elector"],
};

/**
 * Each extension that options name is switched on. The collector looks for it only when it starts, and ends.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/config/configauth/README.md
 */
export function checkReferences(checked: CheckedConfig): Finding[] {
  const running = checked.config.service.extensions ?? [];
  return configuredComponents(checked).flatMap(({ id, kind, path }) => {
    if (checked.plainTypes[kind].has(typeOf(id))) return [];
    return extensionsNamed(checked.config[sectionOfKind[kind]]?.[id] ?? null, path).flatMap(({ option, named, at }) => {
      if (!running.includes(named)) {
        const nearest = nearestName(named, running);
        return [
          report("configured-component", at, {
            message: `the extension ${JSON.stringify(named)} is not switched on`,
            expected: running.length === 0 ? "an extension in service.extensions" : `one of ${running.join(", ")}`,
            ...(nearest === undefined ? {} : { example: nearest }),
          }),
        ];
      }
      const type = currentType("extension", typeOf(named));
      const possible = extensionOptions[option] ?? [];
      const isKnown = Object.values(extensionOptions).some((types) => types.includes(type));
      if (!isKnown || possible.includes(type)) return [];
      return [
        report("configured-component", at, {
          message: `the extension ${named} cannot stand here`,
          expected: `one of ${possible.join(", ")}`,
        }),
      ];
    });
  });
}

interface NamedExtension {
  readonly option: string;
  readonly named: string;
  readonly at: string;
}

function extensionsNamed(value: OptionValue, path: string): readonly NamedExtension[] {
  if (Array.isArray(value))
    return value.flatMap((member: OptionValue, index) => extensionsNamed(member, `${path}[${index}]`));
  if (!isOptions(value)) return [];
  return Object.entries(value).flatMap(([option, member]) => {
    const at = `${path}.${option}`;
    if (Object.hasOwn(extensionOptions, option) && typeof member === "string" && member !== "" && !isFilledIn(member))
      return [{ option, named: member, at }];
    return extensionsNamed(member, at);
  });
}

/** Each pipeline that a routing connector leads to is there, and begins with it. */
export function checkRoutes(checked: CheckedConfig): Finding[] {
  return Object.entries(checked.config.connectors ?? {}).flatMap(([id, options]) => {
    if (currentType("connector", typeOf(id)) !== "routing" || checked.plainTypes.connector.has("routing")) return [];
    return routedPipelines(options, `connectors.${id}`).flatMap(([named, at]) => {
      const pipeline = checked.pipelines.find((candidate) => candidate.id === named);
      if (pipeline?.receivers.includes(id) === true) return [];
      return [
        report("connected-connector", at, {
          message:
            pipeline === undefined
              ? `there is no pipeline ${JSON.stringify(named)}`
              : `the pipeline ${named} does not begin with ${id}`,
          expected: `a pipeline that begins with ${id}`,
        }),
      ];
    });
  });
}

function routedPipelines(options: OptionValue, path: string): readonly (readonly [pipeline: string, at: string])[] {
  if (!isOptions(options)) return [];
  const { table, default_pipelines: rest } = options;
  const routes = Array.isArray(table) ? table : [];
  return [
    ...textsOf(rest, `${path}.default_pipelines`),
    ...routes.flatMap((route: OptionValue, index) =>
      isOptions(route) ? textsOf(route["pipelines"], `${path}.table[${index}].pipelines`) : [],
    ),
  ];
}

function textsOf(value: OptionValue | undefined, path: string): readonly (readonly [string, string])[] {
  return Array.isArray(value)
    ? value.flatMap((text: OptionValue, index) =>
        typeof text === "string" ? [[text, `${path}[${index}]`] as const] : [],
      )
    : [];
}
