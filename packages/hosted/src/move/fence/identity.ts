import { Namespace } from '@godwit/api';
import type { Scope } from '../scope.ts';

/** The identity of a management cluster: the uid of its kube-system. */
export const identityOf = async (scope: Pick<Scope, 'source' | 'target'>, side: 'source' | 'target'): Promise<string> =>
  (await scope[side].get(Namespace, { name: 'kube-system' }))?.metadata.uid ?? '';
