import { accessOf, type Client, connect, loadKubeconfig } from '@godwit/kube';

/** A client for the current context of a kubeconfig file. */
export const clientFor = (kubeconfigPath: string): Client => connect(accessOf(loadKubeconfig({ path: kubeconfigPath })));
