/**
 * Matches names of variables and keys that hold a credential, and not those that say where one lies or how long it lives.
 */
export const credentialNames: string =
  "(?i)(^|[_.-])(password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|credentials?)$";
