import type { ServiceInput } from "../model/service.ts";
import { isRecord } from "../plain-data.ts";
import { promisesFromCatalog } from "./promises-from-catalog.ts";
import { portsFromText, serviceInput, text, texts } from "./reading.ts";

/** The services that a Port document describes: one entity, or a list of them; `undefined` for what is none. */
export function portServices(document: unknown): ServiceInput[] | undefined {
  const entities: readonly unknown[] = Array.isArray(document) ? document : [document];
  const services: ServiceInput[] = [];
  for (const entity of entities) {
    if (!isRecord(entity) || text(entity["identifier"]) === undefined || text(entity["blueprint"]) === undefined)
      return undefined;
    if (entity["blueprint"] !== "service") continue;
    const properties = isRecord(entity["properties"]) ? entity["properties"] : {};
    const relations = isRecord(entity["relations"]) ? entity["relations"] : {};
    services.push(
      serviceInput({
        name: text(entity["identifier"]),
        team: text(entity["team"]) ?? texts(entity["team"])[0],
        description: text(entity["title"]),
        tier: text(properties["criticality"]),
        lifecycle: text(properties["lifecycle"]),
        language: text(properties["language"]),
        ports: portsFromText(text(properties["ports"])),
        calls: texts(relations["calls"] ?? relations["dependsOn"]),
        stores: texts(relations["stores"]),
        environments: undefined,
        promises: promisesFromCatalog(properties["slo"]),
      }),
    );
  }
  return services;
}
