import { type KubeObject, resource } from '@godwit/kube';

/** A request for a certificate, as far as it is judged here. */
export type SigningRequest = KubeObject & {
  spec: { request: string; signerName: string; username?: string; groups?: string[]; usages?: string[] };
  status?: { conditions?: { type: string; status: string }[]; certificate?: string };
};

/** CertificateSigningRequests of a cluster. */
export const SIGNING_REQUESTS = resource<SigningRequest>(
  'certificates.k8s.io/v1',
  'CertificateSigningRequest',
  'certificatesigningrequests',
  'Cluster',
);
