import type { KubeObject } from '@godwit/kube';
import { stringify } from 'yaml';

/** Objects as text that `kubectl apply -f` takes, and which of them were left out. */
export type Rendered = { text: string; leftOut: readonly string[] };

/** Objects as YAML, divided by lines of `---`; Secrets only when they are asked for. */
export const render = (objects: readonly KubeObject[], { sensitive }: { sensitive: boolean }): Rendered => {
  const kept = objects.filter(({ kind }) => sensitive || kind !== 'Secret');
  const leftOut = objects.filter((object) => !kept.includes(object)).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  return { text: kept.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'), leftOut };
};
