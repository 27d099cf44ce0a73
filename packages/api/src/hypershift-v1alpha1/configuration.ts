import { isJson, type Json, jsonOf, listOf, without } from './json.ts';

const API_VERSION = 'config.openshift.io/v1';
const FIELDS = {
  APIServer: 'apiServer',
  Authentication: 'authentication',
  FeatureGate: 'featureGate',
  Image: 'image',
  Ingress: 'ingress',
  Network: 'network',
  OAuth: 'oauth',
  OperatorHub: 'operatorhub',
  Scheduler: 'scheduler',
  Proxy: 'proxy',
} as const;

const SECRETS = ['servingCertificate', 'clientSecret', 'bindPassword', 'fileData', 'kubeConfig', 'tlsClientCert', 'tlsClientKey'];
const CONFIG_MAPS = ['ca', 'clientCA', 'trustedCA', 'additionalTrustedCA', 'policy', 'oauthMetadata'];

const fieldOf = (item: unknown): string | undefined => {
  const { apiVersion, kind } = jsonOf(item);
  return apiVersion === API_VERSION && typeof kind === 'string' && Object.hasOwn(FIELDS, kind)
    ? FIELDS[kind as keyof typeof FIELDS]
    : undefined;
};

/** Why the raw objects of a configuration cannot become fields; undefined when they can. */
export const configurationProblem = (configuration: Json): string | undefined => {
  const items = listOf(configuration.items);
  if (items.some((item) => fieldOf(item) === undefined)) return 'invalid resource type found in configuration';
  const kinds = items.map((item) => String(jsonOf(item).kind));
  const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at);
  return twice === undefined ? undefined : `duplicate config type found: ${twice}`;
};

/** Raw objects become the fields of their kinds; what they refer to is found in them. */
export const configurationUp = (configuration: Json): Json => ({
  ...without(configuration, 'items', 'secretRefs', 'configMapRefs'),
  ...Object.fromEntries(listOf(configuration.items).map((item) => [fieldOf(item), jsonOf(jsonOf(item).spec)])),
});

/** Names of objects below fields of these names, each once, in the order in which they are found. */
const referred = (value: unknown, fields: readonly string[]): string[] => {
  if (Array.isArray(value)) return value.flatMap((each) => referred(each, fields));
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([field, below]) => {
    const name = fields.includes(field) ? jsonOf(below).name : undefined;
    return typeof name === 'string' && name !== '' ? [name] : referred(below, fields);
  });
};

const references = (field: string, value: unknown, fields: readonly string[]): Json => {
  const names = [...new Set(referred(value, fields))];
  return names.length === 0 ? {} : { [field]: names.map((name) => ({ name })) };
};

/** Fields become raw objects, with a list of the Secrets and ConfigMaps that they name. */
export const configurationDown = (configuration: Json): Json => {
  const items = Object.entries(FIELDS).flatMap(([kind, field]) =>
    isJson(configuration[field]) ? [{ apiVersion: API_VERSION, kind, spec: configuration[field] }] : [],
  );
  const specs = items.map(({ spec }) => spec);
  return {
    ...without(configuration, ...items.map(({ kind }) => FIELDS[kind as keyof typeof FIELDS])),
    ...(items.length === 0 ? {} : { items }),
    ...references('secretRefs', specs, SECRETS),
    ...references('configMapRefs', specs, CONFIG_MAPS),
  };
};
