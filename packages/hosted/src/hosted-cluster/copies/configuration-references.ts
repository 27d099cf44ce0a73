import type { Reference } from './references.ts';

/** Where config.openshift.io specs name Secrets and ConfigMaps; `*` stands for every entry of a list and every field. */
const PLACES: readonly (readonly [path: string, kind: Reference['kind']])[] = [
  ['apiServer.servingCerts.namedCertificates.*.servingCertificate.name', 'Secret'],
  ['apiServer.clientCA.name', 'ConfigMap'],
  ['authentication.webhookTokenAuthenticator.kubeConfig.name', 'Secret'],
  ['authentication.oidcProviders.*.issuer.issuerCertificateAuthority.name', 'ConfigMap'],
  ['authentication.oidcProviders.*.oidcClients.*.clientSecret.name', 'Secret'],
  ['image.additionalTrustedCA.name', 'ConfigMap'],
  ['ingress.componentRoutes.*.servingCertKeyPairSecret.name', 'Secret'],
  ['oauth.identityProviders.*.*.ca.name', 'ConfigMap'],
  ['oauth.identityProviders.*.*.bindPassword.name', 'Secret'],
  ['oauth.identityProviders.*.*.clientSecret.name', 'Secret'],
  ['oauth.identityProviders.*.*.fileData.name', 'Secret'],
  ['oauth.identityProviders.*.*.tlsClientCert.name', 'Secret'],
  ['oauth.identityProviders.*.*.tlsClientKey.name', 'Secret'],
  ['oauth.templates.*.name', 'Secret'],
  ['proxy.trustedCA.name', 'ConfigMap'],
  ['scheduler.policy.name', 'ConfigMap'],
];

const membersOf = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []);

const valuesAt = (value: unknown, [step, ...rest]: readonly string[]): unknown[] => {
  if (step === undefined) return [value];
  if (step === '*') return membersOf(value).flatMap((member) => valuesAt(member, rest));
  return typeof value === 'object' && value !== null ? valuesAt((value as Record<string, unknown>)[step], rest) : [];
};

/** Secrets and ConfigMaps that the configuration of a hosted cluster names. Pure. */
export const configurationReferences = (configuration: object | undefined): Reference[] =>
  PLACES.flatMap(([path, kind]) =>
    valuesAt(configuration, path.split('.'))
      .filter((name): name is string => typeof name === 'string' && name !== '')
      .map((name) => ({ path: `spec.configuration.${path}`, kind, name, keys: [], copy: name })),
  );
