import type { KubeObject } from '@godwit/kube';
import { listPart } from './edit.ts';
import type { ItemRule } from './rule.ts';

/** Points the subjects of role bindings to the namespaces where their accounts go. */
export const roleBindingRule: ItemRule = {
  name: 'role-binding',
  on: ['rolebindings.rbac.authorization.k8s.io', 'clusterrolebindings.rbac.authorization.k8s.io'],
  apply: (object, { mapNamespace }) => {
    if (!('subjects' in object)) return { keep: object };
    const subjects = listPart(object, 'subjects').map((subject) =>
      subject.namespace ? { ...subject, namespace: mapNamespace(String(subject.namespace)) } : subject,
    );
    return { keep: { ...object, subjects } as KubeObject };
  },
};
