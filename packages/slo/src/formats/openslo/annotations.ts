/** What Sloth says of an SLO and OpenSLO has no field for, as annotations: with them a document that was written here is read without a loss. */
export const openSloAnnotations = {
  /** The SLO's name, where it is no DNS label. */
  name: "plinth.dev/slo-name",
  /** The service's name, where it is no DNS label. */
  service: "plinth.dev/service-name",
  /** Name of the alerts. */
  alert: "plinth.dev/alert-name",
} as const;

/** Prefixes of annotations that hold labels and annotations of alerts: of both, of the page, of the ticket. */
export const alertAnnotationPrefixes = {
  both: { labels: "labels.alert.plinth.dev/", annotations: "annotations.alert.plinth.dev/" },
  page: { labels: "labels.page.plinth.dev/", annotations: "annotations.page.plinth.dev/" },
  ticket: { labels: "labels.ticket.plinth.dev/", annotations: "annotations.ticket.plinth.dev/" },
} as const;

/** What a label or an annotation may be called in OpenSLO v1. */
export const openSloKey: RegExp = /^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
