/** A file that is not what it should be, and what has to be found in it. */
export interface BadFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** For each finding a part of its message; none for a file that is right. */
  readonly messages: readonly string[];
}

const configMap = (name: string, more = ""): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${more}`;

export const badFiles: readonly BadFile[] = [
  { name: "right.yaml", content: `# header\n---\n${configMap("a")}---\n${configMap("b")}`, messages: [] },
  {
    name: "right.json",
    content: JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }, null, 2),
    messages: [],
  },
  { name: "windows.yaml", content: `${configMap("a")}---\n${configMap("b")}`.replaceAll("\n", "\r\n"), messages: [] },
  {
    name: "double-key.yaml",
    content: configMap("a", "  name: b\n"),
    messages: ['line 5: the key "name" stands twice'],
  },
  {
    name: "second-double-key.yaml",
    content: `${configMap("a")}---\n${configMap("a", "  name: b\n")}`,
    messages: ['line 10: the key "name" stands twice'],
  },
  {
    name: "not-yaml.yaml",
    content: "apiVersion: v1\nkind: ConfigMap\n  metadata: x\n",
    messages: ["the YAML cannot be read"],
  },
  { name: "not-text.yaml", content: Uint8Array.of(0xff, 0xfe, 0x00), messages: ["the YAML cannot be read"] },
  { name: "empty.yaml", content: "", messages: ["the file holds no object"] },
  { name: "comments.yaml", content: "# nothing\n---\n# at all\n", messages: ["the file holds no object"] },
  {
    name: "empty-document.yaml",
    content: `${configMap("a")}---\n\n---\n${configMap("b")}`,
    messages: ["line 6: an empty document"],
  },
  { name: "null.yaml", content: "null\n", messages: ["the document is empty"] },
  { name: "list.yaml", content: "- a\n- b\n", messages: ["the document is a list"] },
  { name: "text.yaml", content: "hello\n", messages: ["the document is a string"] },
  { name: "no-kind.yaml", content: "apiVersion: v1\nmetadata: {name: a}\n", messages: ["the object has no kind"] },
  {
    name: "no-version.yaml",
    content: "kind: ConfigMap\nmetadata: {name: a}\n",
    messages: ["the object has no apiVersion"],
  },
  {
    name: "metadata.yaml",
    content: "apiVersion: v1\nkind: ConfigMap\nmetadata: x\n",
    messages: ['"metadata" is a string'],
  },
  { name: "boolean-name.yaml", content: configMap("no"), messages: ['"name" is a boolean'] },
  {
    name: "no-schema.yaml",
    content: "apiVersion: example.com/v1\nkind: Nothing\nmetadata: {name: a}\n",
    messages: ["there is no schema for example.com/v1/Nothing"],
  },
  {
    name: "old-version.yaml",
    content: "apiVersion: apps/v1beta2\nkind: Deployment\nmetadata: {name: a}\n",
    messages: ["there is no schema for apps/v1beta2/Deployment"],
  },
  {
    name: "beta.yaml",
    content: "apiVersion: resource.k8s.io/v1beta2\nkind: DeviceClass\nmetadata: {name: a}\n",
    messages: ["a cluster does not serve it"],
  },
  {
    name: "unserved.yaml",
    content: "apiVersion: kyverno.io/v1beta1\nkind: UpdateRequest\nmetadata: {name: a}\n",
    messages: ["a cluster does not serve it"],
  },
  {
    name: "list-kind.yaml",
    content: "apiVersion: v1\nkind: ConfigMapList\nitems: []\n",
    messages: ["there is no schema for v1/ConfigMapList"],
  },
  {
    name: "after-separator.yaml",
    content: `${configMap("a")}--- {lost: true}\n${configMap("b")}`,
    messages: ['line 5: the text after "---" is not read'],
  },
  {
    name: "after-end.yaml",
    content: `${configMap("a")}...\n${configMap("b", "unknown: true\n")}`,
    messages: ['line 5: what follows "..." is not read'],
  },
  {
    name: "last-separator.yaml",
    content: `${configMap("a", "unknown: true\n")}---#`,
    messages: ['unknown field "unknown"'],
  },
  {
    name: "objects-in-a-list.yaml",
    content:
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, dta: {}}\n",
    messages: ['unknown field "dta"'],
  },
  { name: "empty-list.yaml", content: "apiVersion: v1\nkind: List\nitems: []\n", messages: ["the List has no items"] },
  {
    name: "double-key-in-a-list.yaml",
    content:
      "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a, name: b}\n",
    messages: ["line 6: a key stands twice"],
  },
  {
    name: "looks-like-answers.yaml",
    content: `${configMap('"a\\nok 2 - stdin (x)\\nnot ok 3 - stdin: x"')}---\n${configMap("b", "unknown: true\n")}`,
    messages: ['"name" is \'a\\nok 2', 'unknown field "unknown"'],
  },
];
