import type { KubeObject } from '@godwit/kube';

/** What one HostedCluster wants to be woken by: everything beside its control plane, and what it refers to. */
type Interest = { home: string; references: readonly { kind: string; namespace: string; name: string }[] };

/** Who is woken by which object; kept by the passes themselves, so that a change finds its cluster without a list. */
export type Interests = {
  set(key: string, interest: Interest): void;
  drop(key: string): void;
  /** Keys of clusters whose control plane lives in a namespace. */
  ofHome(namespace: string): readonly string[];
  /** Keys of clusters that refer to an object. */
  ofReferenced(object: KubeObject): readonly string[];
};

const wordsOf = ({ kind, namespace, name }: { kind: string; namespace?: string | undefined; name?: string | undefined }): string =>
  `${kind} ${namespace}/${name}`;

/** Makes an empty book of interests. */
export const createInterests = (): Interests => {
  const byKey = new Map<string, { home: string; words: ReadonlySet<string> }>();
  const keysWhere = (wants: (interest: { home: string; words: ReadonlySet<string> }) => boolean): string[] =>
    [...byKey].filter(([, interest]) => wants(interest)).map(([key]) => key);
  return {
    set: (key, { home, references }) => byKey.set(key, { home, words: new Set(references.map(wordsOf)) }),
    drop: (key) => byKey.delete(key),
    ofHome: (namespace) => keysWhere(({ home }) => home === namespace),
    ofReferenced: ({ kind, metadata: { namespace, name } }) => keysWhere(({ words }) => words.has(wordsOf({ kind, namespace, name }))),
  };
};
