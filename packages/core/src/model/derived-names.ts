/** The Argo CD Application that delivers a service, or a team's own objects when no service is named. */
export function applicationName(environment: string, team: string, service?: string): string {
  return service === undefined ? `${environment}-${team}` : `${environment}-${team}-${service}`;
}

/** The label that selects the pods of a service or of an in-cluster data store in its team's namespace. */
export function podLabelsOf(entry: { readonly name: string }): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": entry.name };
}
