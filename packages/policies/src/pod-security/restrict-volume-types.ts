import { cel } from "../admission/cel.ts";
import { pods } from "../admission/match.ts";
import { pod } from "../admission/pod-fixture.ts";
import { definePolicy, type Policy, violation } from "../admission/policy.ts";
import { podSecurityControls } from "./checks.ts";

/** What a pod may mount: what is written for it, or what a storage class or a driver gives it. */
const allowed: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const claim = { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } } as const;

/** A pod may mount only volumes that somebody else answers for. */
export const restrictVolumeTypes: Policy = definePolicy({
  name: "restrict-volume-types",
  title: "Restrict volume types",
  category: "Pod Security",
  severity: "medium",
  control: podSecurityControls("restrictedVolumes"),
  why: "A volume such as nfs or iscsi, written into the pod, reaches storage that nobody granted, often with the rights of the node.",
  fix: `Use a persistentVolumeClaim instead; a volume may be ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.`,
  match: pods(),
  // Of a volume without a source the API server makes an emptyDir.
  offenders: cel`variables.volumes
    .map(v, {'name': dyn(v.name), 'kinds': dyn(v.filter(kind, kind != 'name' && !(kind in ${allowed})))})
    .filter(v, v.kinds.size() > 0)
    .map(v, 'volume ' + v.name + ' is of the kind ' + v.kinds[0])`,
  good: [
    pod(),
    pod({ volumes: [] }),
    pod({
      volumes: [
        { name: "settings", configMap: { name: "settings" } },
        { name: "secrets", csi: { driver: "secrets-store.csi.k8s.io", readOnly: true } },
        { name: "labels", downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] } },
        { name: "scratch", emptyDir: {} },
        { name: "cache", ephemeral: { volumeClaimTemplate: claim } },
        { name: "model", image: { reference: "registry.example.com/ml/model:1.4.2" } },
        { name: "orders", persistentVolumeClaim: { claimName: "orders" } },
        { name: "token", projected: { sources: [{ serviceAccountToken: { path: "token", audience: "vault" } }] } },
        { name: "certificate", secret: { secretName: "certificate" } },
      ],
    }),
  ],
  bad: [
    ...[
      { nfs: { server: "storage.example.com", path: "/orders" } },
      { iscsi: { targetPortal: "10.0.0.1:3260", iqn: "iqn.2001-04.com.example:storage", lun: 0 } },
      { gitRepo: { repository: "https://git.example.com/shop" } },
      { awsElasticBlockStore: { volumeID: "vol-0123456789abcdef0" } },
    ].map((source) =>
      violation(
        pod({ volumes: [{ name: "orders", ...source }] }),
        `volume orders is of the kind ${Object.keys(source)[0]}`,
      ),
    ),
    violation(
      pod({
        volumes: [
          { name: "scratch", emptyDir: {} },
          { name: "storage", cephfs: { monitors: ["10.0.0.1:6789"] } },
          { name: "logs", hostPath: { path: "/var/log" } },
        ],
      }),
      "volume storage is of the kind cephfs",
      "volume logs is of the kind hostPath",
    ),
    violation(
      pod({ volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] }),
      "volume logs is of the kind hostPath",
    ),
  ],
});
