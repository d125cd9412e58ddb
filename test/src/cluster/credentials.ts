import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { files } from "./control-plane-flags.ts";

/** Writes the key that signs service account tokens, and the list of bearer tokens; gives the administrator's token. */
export async function writeCredentials(folder: string): Promise<string> {
  const token = randomBytes(24).toString("hex");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const secret = { mode: 0o600 };
  await Promise.all([
    mkdir(join(folder, files.certificates), { recursive: true }),
    writeFile(join(folder, files.serviceAccountKey), privateKey.export({ type: "sec1", format: "pem" }), secret),
    writeFile(join(folder, files.tokens), `${token},admin,admin,system:masters\n`, secret),
  ]);
  return token;
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
