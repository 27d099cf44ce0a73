import type { Flag } from '../command.ts';
import { keysIn } from '../migrate/repository-request.ts';
import { textOf } from '../read-input.ts';
import { required, usage } from '../usage.ts';

/** The flags that describe a bucket. */
export type StoreOptions = { bucket?: string; endpoint?: string; region?: string; prefix?: string; credentials?: string; ca?: string };

/** The flags that describe a bucket, for help. */
export const storeFlags: readonly Flag[] = [
  ['--bucket <name>', 'bucket to store in; it must not be public'],
  ['--endpoint <url>', 'address of an S3-compatible store; default: AWS'],
  ['--region <region>', 'region of the bucket; default: $AWS_REGION, then us-east-1'],
  ['--prefix <text>', 'what the names of objects begin with'],
  [
    '--credentials <file>',
    'AWS shared-credentials file; its profile is $AWS_PROFILE, then default; default: $AWS_ACCESS_KEY_ID and $AWS_SECRET_ACCESS_KEY',
  ],
  ['--ca <file>', 'certificates, PEM, that vouch for the store besides those of the system'],
];

/** A bucket that a user named. `credentials` is a file with one profile, named default. */
export type StoreRequest = {
  bucket: string;
  region: string;
  prefix: string;
  endpoint: string | undefined;
  /** Stores other than AWS seldom have a host name for each bucket. */
  forcePathStyle: boolean;
  credentials: string;
  caBundle: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

const profile = (accessKeyId: string, secretAccessKey: string, sessionToken: string | undefined): string =>
  [
    '[default]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
    '',
  ].join('\n');

const credentialsOf = ({ credentials: file }: StoreOptions, environment: Environment): string => {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session, AWS_PROFILE: name = 'default' } = environment;
  if (file === undefined) {
    if (id && secret) return profile(id, secret, session || undefined);
    throw usage(
      'the bucket needs keys',
      'neither --credentials nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are given',
      '--credentials ~/.aws/credentials',
    );
  }
  const keys = keysIn(textOf('--credentials', file), name);
  if (keys !== undefined) return profile(keys.accessKeyId, keys.secretAccessKey, undefined);
  throw usage(
    `${file} holds no keys`,
    `section [${name}] needs aws_access_key_id and aws_secret_access_key`,
    'AWS_PROFILE=NAME with the command, for another section',
  );
};

const endpointOf = (text: string | undefined): string | undefined => {
  if (text === undefined || (/^https?:\/\//.test(text) && URL.canParse(text))) return text;
  throw usage(`--endpoint ${text} is no address`, 'it begins with https://', '--endpoint https://minio.example.com:9000');
};

/** Reads the flags that describe a bucket, and the files that they name. */
export const storeRequest = (options: StoreOptions, environment: Environment): StoreRequest => {
  const endpoint = endpointOf(options.endpoint);
  return {
    bucket: required('--bucket', options.bucket, { why: 'the snapshot is stored there', next: '--bucket NAME' }),
    region: options.region ?? environment.AWS_REGION ?? 'us-east-1',
    prefix: options.prefix ?? '',
    endpoint,
    forcePathStyle: endpoint !== undefined,
    credentials: credentialsOf(options, environment),
    caBundle: options.ca === undefined ? undefined : textOf('--ca', options.ca),
  };
};
