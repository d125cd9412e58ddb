/** The command that shows what a component has said lately. */
export function logsOf(component: string): string {
  return `kubectl logs --namespace <namespace> --selector app.kubernetes.io/name=${component} --since 15m --prefix`;
}
