import { cel } from "../admission/cel.ts";
import { nsa } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";
import { credentialNames } from "./credential-names.ts";

const defaults: { readonly names: string } = { names: credentialNames };
const says = (container: string, name: string): string => `container ${container} has the value of ${name} in env`;

/** No credential stands in an object, where everybody reads it who may read pods, and in Git. */
export const disallowCredentialsInEnvironment: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { names: "A regular expression (RE2) of names of variables that hold credentials." },
  tried: [{ names: "^STRIPE_KEY$" }],
  policy: ({ names }) => {
    const standard = names === credentialNames;
    const credentials = standard
      ? ["DB_PASSWORD", "password", "STRIPE_API_KEY", "GITHUB_TOKEN", "aws.secret", "S3_ACCESSKEY", "CREDENTIALS"]
      : ["STRIPE_KEY"];
    const others = standard
      ? ["PASSWORD_FILE", "TOKEN_URL", "SECRET_NAME", "TOKENIZER", "MONKEY", "SECRETARY", "API_KEY_ROTATION_DAYS"]
      : ["DB_PASSWORD", "STRIPE_KEY_ID"];
    const [first = ""] = credentials;
    return {
      name: "disallow-credentials-in-environment",
      title: "Disallow credentials in the environment",
      category: "Secrets",
      severity: "high",
      control: nsa("Secrets"),
      why: "A value in env is read by everybody who may read the object, lies in Git and in etcd, and is never rotated.",
      fix: "Put the value into a Secret, mount that as a volume, and take the value out of the object and of Git's history.",
      match: pods(),
      offenders: cel`variables.containers
        .map(c, c.?env.orValue([])
          .filter(e, e.name.matches(${names}) && e.?value.orValue('') != '')
          .map(e, 'container ' + c.name + ' has the value of ' + e.name + ' in env'))
        .map(clauses, clauses.join(', '))
        .filter(clauses, clauses != '')`,
      good: [
        pod(),
        pod({ containers: [{ env: [{ name: "LOG_LEVEL", value: "debug" }] }] }),
        pod({ containers: [{ env: others.map((name) => ({ name, value: "x" })) }] }),
        pod({
          containers: [
            {
              env: [
                { name: first, valueFrom: { secretKeyRef: { name: "cart", key: "password" } } },
                { name: credentials.at(-1) ?? "", value: "" },
              ],
            },
          ],
        }),
      ],
      bad: [
        ...credentials.map((name) =>
          violation(pod({ containers: [{ env: [{ name, value: "hunter2" }] }] }), says("app", name)),
        ),
        violation(
          pod({
            containers: [
              {
                env: [
                  { name: first, value: "a" },
                  { name: credentials.at(-1) ?? "", value: "b" },
                ],
              },
            ],
          }),
          says("app", first),
          says("app", credentials.at(-1) ?? ""),
        ),
        violation(
          pod({
            containers: [{ env: [{ name: "LOG_LEVEL", value: "debug" }] }],
            initContainers: [
              {
                env: [
                  { name: first, value: "a" },
                  { name: "LOG", value: "b" },
                ],
              },
            ],
          }),
          says("init", first),
        ),
      ],
    };
  },
});
