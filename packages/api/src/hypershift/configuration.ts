import { z } from 'zod';
import { checked } from '../rules.ts';
import { anyFields, openFields } from '../schema.ts';

const namedCertificate = openFields({
  names: z.array(z.string().max(253)).max(64).optional().describe('Host names that the certificate is for. Omitted: those in it.'),
  servingCertificate: anyFields().optional().describe('Secret with the certificate.'),
});

const apiServer = openFields({
  servingCerts: openFields({
    namedCertificates: z.array(namedCertificate).max(32).optional().describe('Certificates by host name. Omitted: none.'),
  })
    .optional()
    .describe('Certificates that the API server shows.'),
});

const tokenConfig = openFields({
  accessTokenInactivityTimeout: z
    .string()
    .max(64)
    .optional()
    .describe('After how long without use a token ends, for instance 10m0s. Omitted: never.'),
});

const oauth = checked(openFields({ tokenConfig: tokenConfig.optional().describe('How long tokens live.') }), {
  rule: '!has(self.tokenConfig) || !has(self.tokenConfig.accessTokenInactivityTimeout) || duration(self.tokenConfig.accessTokenInactivityTimeout).getSeconds() >= 300',
  message: 'spec.configuration.oauth.tokenConfig.accessTokenInactivityTimeout minimum acceptable token timeout value is 300 seconds',
});

const block = (what: string) => anyFields().optional().describe(`Spec of the config.openshift.io/v1 ${what}.`);

/** The configuration of the hosted cluster, each field the spec of its config.openshift.io/v1 object, kept as it is written. */
export const configuration = openFields({
  apiServer: apiServer.optional().describe('Spec of the config.openshift.io/v1 APIServer.'),
  authentication: block('Authentication'),
  featureGate: block('FeatureGate'),
  image: block('Image'),
  ingress: block('Ingress'),
  network: block('Network'),
  oauth: oauth.optional().describe('Spec of the config.openshift.io/v1 OAuth.'),
  operatorhub: block('OperatorHub'),
  scheduler: block('Scheduler'),
  proxy: block('Proxy'),
});
