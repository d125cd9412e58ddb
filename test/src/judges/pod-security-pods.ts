import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { isKubernetesObject, type KubernetesObject } from "../cluster/kubernetes-object.ts";

/** The levels that have checks; each has those of the one before it, too. */
export const podSecurityLevels = ["baseline", "restricted"] as const;

/** A pod of Kubernetes' own tests of the Pod Security Standards. */
export interface PodSecurityTestPod {
  readonly level: (typeof podSecurityLevels)[number];
  /** What Pod Security admission has to say of it at this level. */
  readonly verdict: "pass" | "fail";
  /** `sysctls0` */
  readonly name: string;
  /** The check that it is about, in small letters; none of a pod that stands for the whole level. */
  readonly check: string | undefined;
  /** `baseline/v1.37/fail/sysctls0.yaml` */
  readonly file: string;
  /** The pod, in a namespace for its level and verdict: names are repeated between those. */
  readonly pod: KubernetesObject;
}

/** The namespace of the pods with a level and a verdict. */
export function podSecurityNamespace({ level, verdict }: Pick<PodSecurityTestPod, "level" | "verdict">): string {
  return `${level}-${verdict}`;
}

// In 1.25 Pod Security admission became stable.
const OLDEST_MINOR = 25;

const testData = ["test", "testdata"] as const;

/** The minors of Kubernetes that the module has pods for, the oldest first. */
export async function podSecurityMinors(moduleFolder: string): Promise<readonly string[]> {
  const folders = await readdir(join(moduleFolder, ...testData, "baseline"));
  return folders
    .flatMap((folder) => /^v1\.(\d+)$/.exec(folder)?.[1] ?? [])
    .map(Number)
    .filter((minor) => minor >= OLDEST_MINOR)
    .sort((a, b) => a - b)
    .map((minor) => `1.${minor}`);
}

/** The pods for a minor of Kubernetes. */
export async function podSecurityTestPods(
  moduleFolder: string,
  kubernetes: string,
): Promise<readonly PodSecurityTestPod[]> {
  const folders = podSecurityLevels.flatMap((level) =>
    (["pass", "fail"] as const).map(async (verdict) => {
      const folder = join(level, `v${kubernetes}`, verdict);
      const files = await readdir(join(moduleFolder, ...testData, folder));
      return Promise.all(
        files.sort().map(async (file): Promise<PodSecurityTestPod> => {
          const text = await readFile(join(moduleFolder, ...testData, folder, file), "utf8");
          const pod = load(text, { schema: CORE_SCHEMA });
          if (!isKubernetesObject(pod)) throw new TypeError(`${join(folder, file)} holds no Kubernetes object`);
          const metadata = { ...pod.metadata, namespace: podSecurityNamespace({ level, verdict }) };
          const { name } = pod.metadata;
          const check = /^(.+?)\d+$/.exec(name)?.[1];
          return { level, verdict, name, check, file: join(folder, file), pod: { ...pod, metadata } };
        }),
      );
    }),
  );
  return (await Promise.all(folders)).flat();
}

/** The pod as the template of a Deployment and of a CronJob, as its author would write them. */
export function podSecurityControllers({ pod }: PodSecurityTestPod): readonly KubernetesObject[] {
  const { name, namespace, ...rest } = pod.metadata;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  const template = { ...(Object.keys(rest).length === 0 ? {} : { metadata: rest }), spec: pod["spec"] };
  return [
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { template } },
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata,
      spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template } } },
    },
  ];
}
