import { ConfigMap, Secret } from '@godwit/api';
import type { ControlPlane } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import { AUTHORITY_KEYS, BUNDLES } from './authorities.ts';
import type { Certificates } from './complete-certificates.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { type Endpoint, kubeconfigsOf } from './kubeconfigs.ts';
import { dataOf, type TextData } from './secret-data.ts';

const PKI = 'pki';

const secretOf = (plane: ControlPlane, name: string, text: TextData): Manifest =>
  manifestOf(plane, Secret, { component: PKI, name }, { type: 'Opaque', data: dataOf(text) });

const textIn = (certificates: Certificates, secret: string, key: string): string => certificates.data.get(secret)?.[key] ?? '';

const bundlesOf = (plane: ControlPlane, certificates: Certificates): Manifest[] =>
  Object.entries(BUNDLES).map(([name, authorities]) => {
    const text = authorities.map((authority) => textIn(certificates, authority, AUTHORITY_KEYS.certificate)).join('');
    return manifestOf(plane, ConfigMap, { component: PKI, name }, { data: { [AUTHORITY_KEYS.certificate]: text } });
  });

const kubeconfigSecretsOf = (plane: ControlPlane, certificates: Certificates, endpoint: Endpoint | undefined): Manifest[] =>
  kubeconfigsOf(plane, endpoint).map(({ secret, key, server, leaf, user, type = 'Opaque', labels = {} }) => {
    const text = kubeconfigText({
      server,
      user,
      authority: textIn(certificates, 'root-ca', AUTHORITY_KEYS.certificate),
      certificate: textIn(certificates, leaf, 'tls.crt'),
      key: textIn(certificates, leaf, 'tls.key'),
    });
    return manifestOf(plane, Secret, { component: PKI, name: secret, metadata: { labels } }, { type, data: dataOf({ [key]: text }) });
  });

/** Everything that the certificates make in the control plane's namespace; Secrets that were found valid are not among it. */
export const pkiObjects = (plane: ControlPlane, certificates: Certificates, endpoint: Endpoint | undefined): Manifest[] => [
  ...certificates.made.map((name) => secretOf(plane, name, certificates.data.get(name) ?? {})),
  ...bundlesOf(plane, certificates),
  ...kubeconfigSecretsOf(plane, certificates, endpoint),
];
