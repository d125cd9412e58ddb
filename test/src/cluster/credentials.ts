import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Identity } from "./api-connection.ts";
import { files } from "./control-plane-flags.ts";

/** Bearer tokens that the API server knows. */
export interface Credentials {
  /** The administrator's. */
  readonly token: string;
  /** Those of people, by user name. */
  readonly tokens: ReadonlyMap<string, string>;
}

/**
 * Writes the key that signs service account tokens, and the list of bearer tokens: the administrator's, and one for each person.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file
 */
export async function writeCredentials(folder: string, people: readonly Identity[] = []): Promise<Credentials> {
  const token = newToken();
  const tokens = new Map(people.map(({ user }) => [user, newToken()]));
  const lines = people.map(({ user, groups = [] }) => `${tokens.get(user)},${user},${user},"${groups.join(",")}"`);
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const secret = { mode: 0o600 };
  await Promise.all([
    mkdir(join(folder, files.certificates), { recursive: true }),
    writeFile(join(folder, files.serviceAccountKey), privateKey.export({ type: "sec1", format: "pem" }), secret),
    writeFile(join(folder, files.tokens), [`${token},admin,admin,system:masters`, ...lines, ""].join("\n"), secret),
  ]);
  return { token, tokens };
}

function newToken(): string {
  return randomBytes(24).toString("hex");
}

/** Writes a kubeconfig for the administrator, as JSON, which is YAML too; gives its path. */
export async function writeKubeconfig(folder: string, url: string, token: string): Promise<string> {
  const path = join(folder, files.kubeconfig);
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "plinth",
    contexts: [{ name: "plinth", context: { cluster: "plinth", user: "admin" } }],
    clusters: [
      { name: "plinth", cluster: { server: url, "certificate-authority": join(folder, files.certificateAuthority) } },
    ],
    users: [{ name: "admin", user: { token } }],
  };
  await writeFile(path, JSON.stringify(kubeconfig), { mode: 0o600 });
  return path;
}
