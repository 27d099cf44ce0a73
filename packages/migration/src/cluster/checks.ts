import type { Check } from '../shared/check.ts';
import { critical, warn } from '../shared/claim.ts';
import type { ClusterFacts } from './facts.ts';
import { areCompatible } from './operator-versions.ts';

type ClusterCheck = Check<ClusterFacts>;

const TOKEN_KEY = 'saToken';

const nameOfCluster = ({ cluster }: ClusterFacts): string => `MigCluster ${cluster.metadata.namespace}/${cluster.metadata.name}`;

const isRemote = ({ cluster }: ClusterFacts): boolean => cluster.spec.isHostCluster !== true;

const urlFault = (url: string | undefined): 'NotSet' | 'Malformed' | 'InvalidScheme' | undefined => {
  if (url === undefined || url === '') return 'NotSet';
  if (!URL.canParse(url)) return 'Malformed';
  return new URL(url).protocol === 'https:' ? undefined : 'InvalidScheme';
};

const urlMessages = {
  NotSet: 'The `url` is required for a cluster that is not the host. Set spec.url to the https address of its API server.',
  Malformed: 'The `url` cannot be read as a URL. Write it as https://host:port.',
  InvalidScheme: 'The `url` scheme must be https. Write it as https://host:port.',
} as const;

const invalidUrl: ClusterCheck = {
  name: 'URL that cannot be used',
  types: ['InvalidURL'],
  judge: (facts) => {
    const fault = isRemote(facts) ? urlFault(facts.cluster.spec.url) : undefined;
    return fault === undefined ? [] : [critical('InvalidURL', fault, urlMessages[fault])];
  },
};

const invalidSecretRef: ClusterCheck = {
  name: 'reference to no secret',
  types: ['InvalidSaSecretRef'],
  judge: (facts) => {
    if (!isRemote(facts)) return [];
    const { namespace, name } = facts.cluster.spec.serviceAccountSecretRef ?? {};
    if (!name)
      return [
        critical(
          'InvalidSaSecretRef',
          'NotSet',
          `The \`serviceAccountSecretRef\` must name a Secret whose key ${TOKEN_KEY} holds a token.`,
        ),
      ];
    if (facts.secret?.found !== false) return [];
    const command = `kubectl -n ${namespace} create secret generic ${name} --from-literal=${TOKEN_KEY}=TOKEN`;
    return [
      critical(
        'InvalidSaSecretRef',
        'NotFound',
        `The \`serviceAccountSecretRef\` names Secret ${namespace}/${name}, which does not exist. Create it: ${command}`,
      ),
    ];
  },
};

const invalidToken: ClusterCheck = {
  name: 'secret without a token',
  types: ['InvalidSaToken'],
  judge: (facts) => {
    if (!isRemote(facts) || facts.secret?.found !== true) return [];
    const { token } = facts.secret;
    if (token === undefined)
      return [
        critical('InvalidSaToken', 'NotFound', `The \`${TOKEN_KEY}\` key is not in the Secret. Add it with the token of a ServiceAccount.`),
      ];
    return token === ''
      ? [critical('InvalidSaToken', 'NotSet', `The \`${TOKEN_KEY}\` in the Secret is empty. Put the token of a ServiceAccount there.`)]
      : [];
  },
};

const connectRemedy = ({ cluster }: ClusterFacts, connection: { certificate: boolean; expired: boolean }): string => {
  if (connection.expired) return 'Put a valid token into the Secret, for instance of `kubectl create token`.';
  if (!connection.certificate) return 'Check that the address is right and that the API server can be reached from here.';
  return cluster.spec.caBundle
    ? 'The `caBundle` does not vouch for this server: put its certificate authority there.'
    : 'The `caBundle` is required for a server with a private certificate authority.';
};

const connectionFailed: ClusterCheck = {
  name: 'API server that does not answer',
  types: ['TestConnectFailed'],
  judge: (facts) => {
    const { connection } = facts;
    if (connection === undefined || connection.reached) return [];
    return [
      critical(
        'TestConnectFailed',
        'ConnectFailed',
        `Test connect failed. ${nameOfCluster(facts)}: ${connection.why} ${connectRemedy(facts, connection)}`,
      ),
    ];
  },
};

const missingRights: ClusterCheck = {
  name: 'token without the needed rights',
  types: ['SaTokenNotPrivileged'],
  judge: ({ missingRights: missing }) => {
    if (missing === undefined || missing.length === 0) return [];
    const message =
      'The `saToken` has insufficient privileges: it may not use every verb on every resource of API groups []. Bind its ServiceAccount to cluster-admin, or to a ClusterRole with these groups.';
    return [critical('SaTokenNotPrivileged', 'Unauthorized', message, missing)];
  },
};

const registryRoute: ClusterCheck = {
  name: 'exposed registry that does not answer',
  types: ['InvalidRegistryRoute'],
  judge: ({ registry, cluster }) => {
    if (registry === undefined || registry.answered) return [];
    const message = `The registry at exposedRegistryPath ${cluster.spec.exposedRegistryPath} does not answer: ${registry.why} Correct the path, or leave it out on clusters without image streams.`;
    return [critical('InvalidRegistryRoute', 'RouteTestFailed', message)];
  },
};

const operatorVersion: ClusterCheck = {
  name: 'operator of unknown version',
  types: ['ClusterOperatorVersionNotFound'],
  judge: ({ operator }) => {
    if (operator === undefined || operator.there !== undefined) return [];
    const message =
      'ConfigMap migration-cluster-config names no OPERATOR_VERSION. This is normal where no operator is installed; versions of the two sides are then not compared.';
    return [warn('ClusterOperatorVersionNotFound', 'VersionNotFound', message)];
  },
};

const operatorMismatch: ClusterCheck = {
  name: 'operators of different versions',
  types: ['OperatorVersionMismatch'],
  judge: ({ operator }) => {
    const { here, there } = operator ?? {};
    if (here === undefined || there === undefined || areCompatible(here, there)) return [];
    return [
      warn(
        'OperatorVersionMismatch',
        'VersionCheckFailed',
        `The operator has version ${here} here and ${there} on the cluster. Bring both to the same version.`,
      ),
    ];
  },
};

/** The checks of a MigCluster, in order; the first Critical fault ends the list. */
export const clusterChecks: readonly ClusterCheck[] = [
  invalidUrl,
  invalidSecretRef,
  invalidToken,
  connectionFailed,
  missingRights,
  registryRoute,
  operatorVersion,
  operatorMismatch,
];
