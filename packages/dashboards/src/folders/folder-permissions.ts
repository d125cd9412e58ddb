/** Who may do what with a folder: a role of Grafana, or a team by the number that this Grafana gave it. */
export type FolderPermission =
  | { readonly role: "Viewer" | "Editor"; readonly permission: 1 | 2 | 4 }
  | { readonly teamId: number; readonly permission: 1 | 2 | 4 };

// https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/api-legacy/folder_permissions/
const view = 1;
const edit = 2;

/**
 * Everybody views the folder of a team, and its members edit it. Grafana counts its teams itself, and a folder knows them by that number: without it, every editor
 * edits, as Grafana would have it. Administrators may do everything anyway.
 *
 * @param team The number of the team in this Grafana.
 */
export function teamFolderPermissions(team: number | undefined): readonly FolderPermission[] {
  return team === undefined
    ? [
        { role: "Viewer", permission: view },
        { role: "Editor", permission: edit },
      ]
    : [
        { role: "Viewer", permission: view },
        { role: "Editor", permission: view },
        { teamId: team, permission: edit },
      ];
}

/** Everybody views what the platform shows, and nobody else puts anything there. */
export const platformFolderPermissions: readonly FolderPermission[] = [
  { role: "Viewer", permission: view },
  { role: "Editor", permission: view },
];

/** Permissions as the operator hands them to Grafana's API: JSON, a line for each. */
export function printFolderPermissions(permissions: readonly FolderPermission[]): string {
  const lines = permissions.map((permission) => `    ${JSON.stringify(permission)}`);
  return `{\n  "items": [\n${lines.join(",\n")}\n  ]\n}\n`;
}
