import type { Program } from './unit.ts';

/** A word as a shell takes it unchanged. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

const functionOf = ({ argv, environment }: Program, index: number): string =>
  [
    `program_${index}() {`,
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${quoted(value)}`),
    `  exec ${argv.map(quoted).join(' ')}`,
    '}',
  ].join('\n');

const START = `#!/bin/sh
# The first process of a local machine: it starts what a machine brings and what its Ignition configuration asks for. Written anew at each boot.
logs=/var/log/units
mkdir -p "$logs" /run/lock
once() { ( "$1" ) </dev/null >>"$logs/$2.log" 2>&1 3>&-; }
always() { while :; do once "$1" "$2"; echo "$2 ended with exit code $?; it starts again" >>"$logs/$2.log"; sleep 1; done; }
containerd_itself() { exec containerd --config /etc/containerd/config.toml; }
always containerd_itself containerd 3>&- &
until ctr version >/dev/null 2>&1; do sleep 0.1; done
if [ ! -e /var/lib/machine/imported ]; then
  ctr --namespace k8s.io images import /var/lib/machine/pause.tar >>"$logs/containerd.log" 2>&1 && : > /var/lib/machine/imported
fi
echo ready >&3
exec 3>&-`;

/** What collects ended processes that nobody else does, as a first process must. */
const END = 'while :; do wait; sleep 1; done';

/** The script that a machine's first process runs: the container runtime, then the programs in their order. What ends is started again after a second. */
export const launcherOf = (programs: readonly Program[]): string =>
  [
    START,
    ...programs.map(functionOf),
    ...programs.map(({ name, once }, index) =>
      once ? `once program_${index} ${quoted(name)}` : `always program_${index} ${quoted(name)} &`,
    ),
    END,
    '',
  ].join('\n');
