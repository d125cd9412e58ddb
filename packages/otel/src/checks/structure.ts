import { type Finding, isRecord, nearestName } from "@plinth/core";
import { sectionNames } from "../configuration/collector-config.ts";
import { report } from "./rule.ts";

const serviceFields = ["extensions", "telemetry", "pipelines"] as const;
const pipelineFields = ["receivers", "processors", "exporters"] as const;
const required = ["receivers", "exporters", "service"] as const;

/** An id: a type of letters, digits and underscores, and a name after a slash where there is one. https://pkg.go.dev/go.opentelemetry.io/collector/component#ID */
const idPattern = /^[a-zA-Z][0-9a-zA-Z_]{0,62}(\/[^\p{Z}\p{C}\p{S}]{1,1024})?$/u;

/**
 * What keeps a value from being a collector's configuration at all, with the place of each: sections and lists that are something else, fields that there are
 * not, ids that are none. What the components say is not looked at.
 */
export function structureFindings(value: unknown): Finding[] {
  if (!isRecord(value)) return [wrongType("", value, "a configuration: receivers, exporters, service")];
  return [
    ...required.filter((name) => value[name] === undefined || value[name] === null).map(missing),
    ...unknownFields(value, [...sectionNames, "service"], ""),
    ...sectionNames.flatMap((name) => sectionFindings(value[name], name)),
    ...serviceFindings(value["service"]),
  ];
}

/** A document without the sections and lists that nothing stands in: `processors:` alone, which the collector takes for none. */
export function withoutEmpty(document: unknown): unknown {
  if (!isRecord(document)) return document;
  const { service } = document;
  return {
    ...given(document),
    ...(isRecord(service)
      ? {
          service: {
            ...given(service),
            ...(isRecord(service["pipelines"])
              ? {
                  pipelines: Object.fromEntries(
                    Object.entries(service["pipelines"]).map(([id, pipeline]) => [
                      id,
                      isRecord(pipeline) ? given(pipeline) : pipeline,
                    ]),
                  ),
                }
              : {}),
          },
        }
      : {}),
  };
}

function given(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function missing(name: string): Finding {
  return report("complete-pipeline", name, { message: `there is no ${name}`, expected: name });
}

function sectionFindings(section: unknown, path: string): Finding[] {
  if (section === undefined || section === null) return [];
  if (!isRecord(section)) return [wrongType(path, section, "components by id")];
  return Object.entries(section).flatMap(([id, options]) => [
    ...idFindings(id, `${path}.${id}`),
    ...(options === null || isRecord(options) ? [] : [wrongType(`${path}.${id}`, options, "options, or nothing")]),
  ]);
}

function serviceFindings(service: unknown): Finding[] {
  if (service === undefined || service === null) return [];
  if (!isRecord(service)) return [wrongType("service", service, "pipelines, extensions and telemetry")];
  const { extensions, telemetry, pipelines } = service;
  return [
    ...unknownFields(service, serviceFields, "service"),
    ...idListFindings(extensions, "service.extensions"),
    ...(telemetry === undefined || telemetry === null || isRecord(telemetry)
      ? []
      : [wrongType("service.telemetry", telemetry, "metrics, logs, traces and resource")]),
    ...(isRecord(pipelines)
      ? Object.entries(pipelines).flatMap(([id, pipeline]) => pipelineFindings(pipeline, `service.pipelines.${id}`))
      : [wrongType("service.pipelines", pipelines, "pipelines by id")]),
  ];
}

function pipelineFindings(pipeline: unknown, path: string): Finding[] {
  if (!isRecord(pipeline)) return [wrongType(path, pipeline, "receivers, processors and exporters")];
  return [
    ...unknownFields(pipeline, pipelineFields, path),
    ...(["receivers", "exporters"] as const)
      .filter((name) => pipeline[name] === undefined || pipeline[name] === null)
      .map((name) => missing(`${path}.${name}`)),
    ...pipelineFields.flatMap((name) => idListFindings(pipeline[name], `${path}.${name}`)),
  ];
}

function idListFindings(list: unknown, path: string): Finding[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [wrongType(path, list, "a list of ids")];
  return list.flatMap((id: unknown, index) =>
    typeof id === "string" ? idFindings(id, `${path}[${index}]`) : [wrongType(`${path}[${index}]`, id, "an id")],
  );
}

function idFindings(id: string, path: string): Finding[] {
  if (idPattern.test(id)) return [];
  return [
    report("option-type", path, {
      message: `${JSON.stringify(id)} is no id of a component`,
      expected: "a type, and a name after a slash where there are several",
      example: "otlp_grpc/tempo",
    }),
  ];
}

function unknownFields(value: Readonly<Record<string, unknown>>, known: readonly string[], path: string): Finding[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return report("known-option", path === "" ? name : `${path}.${name}`, {
        message: `there is no field ${JSON.stringify(name)}`,
        expected: nearest === undefined ? `one of ${known.join(", ")}` : `perhaps ${nearest}`,
        ...(nearest === undefined ? {} : { example: nearest }),
      });
    });
}

function wrongType(path: string, value: unknown, expected: string): Finding {
  const found = value === undefined ? "missing" : Array.isArray(value) ? "a list" : JSON.stringify(value).slice(0, 40);
  return report("option-type", path, { message: `is ${found}`, expected });
}
