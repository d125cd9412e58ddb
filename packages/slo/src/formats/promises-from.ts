import { type Finding, isDnsLabel, type ServicePromiseInput } from "@plinth/core";
import type { SlothAlerting, SlothObjective } from "../sloth/prometheus-service-level.ts";
import type { ServiceLevelDocument } from "./service-level-document.ts";

/** Promises of a service, and what of a document is no part of them. */
export interface ReadPromises {
  readonly promises: readonly ServicePromiseInput[];
  readonly findings: readonly Finding[];
}

/**
 * What a document of Sloth or OpenSLO says, as promises of a service of the platform: objective, period, what is counted, whether somebody is woken. Names, labels
 * and texts of alerts are not taken over: those come from the platform, so that every alert has its runbook, its dashboard and its owner.
 *
 * @example
 * const { documents } = readServiceLevels("version: prometheus/v1\nservice: loyalty\nslos: []\n", { file: "slo.yaml" });
 * const promises = documents.flatMap((document) => promisesFrom(document).promises);
 */
export function promisesFrom({ spec, period }: ServiceLevelDocument): ReadPromises {
  const findings = spec.slos.flatMap(({ name, alerting }, index) => [
    ...(isDnsLabel(name)
      ? []
      : [
          {
            code: "invalid-field",
            severity: "error",
            path: `slos[${index}].name`,
            message: `is ${JSON.stringify(name)}`,
            expected: "the name of a promise: lower-case letters, digits and '-'",
            example: '"availability"',
          } as const,
        ]),
    ...(onlyPages(alerting)
      ? [
          {
            code: "invalid-field",
            severity: "warning",
            path: `slos[${index}].alerting.ticketAlert`,
            message: "is off, and on for a promise that pages",
            expected: "a ticket beside the page: it sees what burns too slowly to wake somebody",
          } as const,
        ]
      : []),
  ]);
  return { promises: spec.slos.map((slo) => promiseFrom(slo, period)), findings };
}

function promiseFrom(slo: SlothObjective, period: string | undefined): ServicePromiseInput {
  const { name, objective, description, sli, alerting } = slo;
  const terms = {
    name,
    objective,
    alerts: alertsOf(alerting),
    ...(period === undefined ? {} : { period }),
    ...(description === undefined ? {} : { what: description }),
  };
  if (sli.events !== undefined)
    return { kind: "events", ...terms, bad: sli.events.errorQuery, total: sli.events.totalQuery };
  if (sli.raw !== undefined) return { kind: "raw", ...terms, errorRatio: sli.raw.errorRatioQuery };
  return { kind: "plugin", ...terms, id: sli.plugin.id, options: { ...sli.plugin.options } };
}

function alertsOf({ pageAlert, ticketAlert }: SlothAlerting): "page-and-ticket" | "ticket" | "none" {
  if (pageAlert?.disable !== true) return "page-and-ticket";
  return ticketAlert?.disable === true ? "none" : "ticket";
}

function onlyPages({ pageAlert, ticketAlert }: SlothAlerting): boolean {
  return pageAlert?.disable !== true && ticketAlert?.disable === true;
}
