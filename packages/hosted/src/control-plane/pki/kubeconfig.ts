/** What a kubeconfig leads to; certificates and key are PEM texts. */
export type KubeconfigParts = { server: string; authority: string; certificate: string; key: string; user: string };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig with one cluster, `cluster`, and one context named after its user. */
export const kubeconfigText = ({ server, authority, certificate, key, user }: KubeconfigParts): string => `apiVersion: v1
kind: Config
clusters:
- name: cluster
  cluster:
    server: ${server}
    certificate-authority-data: ${base64(authority)}
users:
- name: ${user}
  user:
    client-certificate-data: ${base64(certificate)}
    client-key-data: ${base64(key)}
contexts:
- name: ${user}
  context:
    cluster: cluster
    user: ${user}
    namespace: default
current-context: ${user}
`;
