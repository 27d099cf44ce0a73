import type { Node } from '@godwit/api';

/** Whether a node's kubelet says that it can run pods. */
export const isReady = ({ status }: Node): boolean =>
  (status?.conditions ?? []).some(({ type, status: holds }) => type === 'Ready' && holds === 'True');
