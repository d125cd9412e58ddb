import { hash } from "node:crypto";
import type { Team } from "@plinth/core";
import { ownProjectName } from "@plinth/rbac";

// A name of Flux becomes the value of a label on what it delivers.
const longest = 63;

/** The name of a team's repository in Flux: `team-backend-deployments`, and with a mark where the team has two of that name, or the name does not fit. */
export function ownRepositoryName(team: Team, url: string): string {
  const title = titleOf(url);
  const name = `${ownProjectName(team)}-${title}`;
  const same = team.repositories.filter((other) => titleOf(other) === title);
  return same.length === 1 && name.length <= longest
    ? name
    : `${name.slice(0, longest - 9).replace(/-+$/, "")}-${hash("sha256", url, "hex").slice(0, 8)}`;
}

function titleOf(url: string): string {
  const last =
    url
      .replace(/\/+$/, "")
      .replace(/\.git$/, "")
      .split("/")
      .at(-1) ?? "";
  return last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
