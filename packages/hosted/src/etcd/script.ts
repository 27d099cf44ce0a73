import type { ExecResult } from '@godwit/kube';
import type { EtcdMember } from './etcd.ts';

/** `etcdctl` that a script calls `e`; variables of the container would collide with the options. */
const CALL_ETCDCTL =
  'unset ETCDCTL_ENDPOINTS ETCDCTL_CACERT ETCDCTL_CERT ETCDCTL_KEY ETCDCTL_API; flags=$1; shift; e() { etcdctl $flags "$@"; }';

/** Runs a shell script in a member's container; in it `e` is etcdctl against this member, and `$1`, `$2`... are the arguments. */
export const runScript = (
  member: EtcdMember,
  script: string,
  values: readonly (string | number)[] = [],
  options: { stdin?: string; signal?: AbortSignal | undefined } = {},
): Promise<ExecResult> =>
  member.run(['/bin/sh', '-c', `${CALL_ETCDCTL}\n${script}`, 'godwit', member.flags.join(' '), ...values.map(String)], options);

/** The last line that a tool wrote, for messages; logs of etcd's tools are shortened to their text. */
export const lastWords = ({ stdout, stderr }: Pick<ExecResult, 'stdout' | 'stderr'>): string => {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '').at(-1) ?? 'it said nothing';
  const { error, msg } = jsonOf<{ error?: string; msg?: string }>(last) ?? {};
  return error ?? msg ?? last.slice(0, 300);
};

/** Parses what etcd's tools print; numbers beyond 2^53 (cluster and member ids) come as texts. Undefined when it is not JSON. */
export const jsonOf = <T>(text: string): T | undefined => {
  try {
    return JSON.parse(text.replace(/([:[]\s*)(\d{16,})(?=\s*[,}\]])/g, '$1"$2"')) as T;
  } catch {
    return undefined;
  }
};

/** An id as etcdctl shows it elsewhere: hexadecimal. */
export const hexId = (id: string | number): string => BigInt(id).toString(16);

/** The lines `<word> <rest>` of a script's output, by word. */
export const wordsOf = (stdout: string): Record<string, string> =>
  Object.fromEntries(
    stdout
      .split('\n')
      .filter((line) => line.includes(' '))
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]),
  );
