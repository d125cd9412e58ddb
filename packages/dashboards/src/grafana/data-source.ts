import type { DataSourceType } from "../model/dashboard.ts";

/** A data source by the variable that chooses it: no dashboard knows the uid of one Grafana's data source. */
export function dataSourceReference(type: DataSourceType): { type: string; uid: string } {
  return { type, uid: `\${${type}_datasource}` };
}
