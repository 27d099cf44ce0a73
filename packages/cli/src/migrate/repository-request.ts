import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** The flags that describe a repository. */
export type RepositoryOptions = {
  repository?: string;
  s3Endpoint?: string;
  s3Region?: string;
  s3CaFile?: string;
  s3CredentialsFile?: string;
};

/** Keys of an S3 account. */
export type S3Keys = { accessKeyId: string; secretAccessKey: string };

/** A bucket or a folder that a user named. */
export type RepositoryRequest =
  | { kind: 'bucket'; bucket: string; endpoint: string | undefined; region: string | undefined; caBundle: string | undefined; keys: S3Keys }
  | { kind: 'folder'; path: string };

type Environment = Readonly<Record<string, string | undefined>>;

const usage = (what: string, why: string, next?: string): Failure =>
  new Failure(what, { reason: 'Usage', why, exitCode: exitCodes.usage, ...(next === undefined ? {} : { next }) });

const readText = (flag: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(`${flag} ${path} cannot be read`, {
      reason: 'FileUnreadable',
      why: (error as NodeJS.ErrnoException).code ?? String(error),
    });
  }
};

/** Reads the keys of a profile from an AWS shared-credentials file. */
export const keysIn = (text: string, profile: string): S3Keys | undefined => {
  const sections = text.split(/^\s*\[\s*/m);
  const section = sections.find((each) => each.startsWith(`${profile}]`) || each.startsWith(`${profile} ]`));
  const value = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, 'm').exec(section ?? '')?.[1];
  const [accessKeyId, secretAccessKey] = [value('aws_access_key_id'), value('aws_secret_access_key')];
  return accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
};

const keysOf = ({ s3CredentialsFile: file }: RepositoryOptions, environment: Environment): S3Keys => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_PROFILE: profile = 'default' } = environment;
  if (file !== undefined) {
    const keys = keysIn(readText('--s3-credentials-file', file), profile);
    if (keys === undefined) throw usage(`${file} holds no keys`, `section [${profile}] needs aws_access_key_id and aws_secret_access_key`);
    return keys;
  }
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey };
  throw usage(
    'the bucket needs keys',
    'neither --s3-credentials-file nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are given',
    'export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…',
  );
};

const bucketOf = (url: string): string => {
  const [bucket = '', ...rest] = url.slice('s3://'.length).split('/').filter(Boolean);
  if (bucket === '') throw usage(`--repository ${url} names no bucket`, 'write s3://BUCKET');
  if (rest.length > 0)
    throw usage(
      `--repository ${url} has a prefix`,
      'a MigStorage is a whole bucket, in which everything lies below velero/',
      `--repository s3://${bucket}`,
    );
  return bucket;
};

/** Reads `--repository` and the flags beside it; undefined when none is named. */
export const parseRepository = (options: RepositoryOptions, environment: Environment): RepositoryRequest | undefined => {
  const { repository, s3Endpoint, s3Region, s3CaFile } = options;
  const bucketFlag = s3Endpoint ?? s3Region ?? s3CaFile ?? options.s3CredentialsFile;
  if (repository?.startsWith('s3://'))
    return {
      kind: 'bucket',
      bucket: bucketOf(repository),
      endpoint: s3Endpoint,
      region: s3Region ?? environment.AWS_REGION,
      caBundle: s3CaFile === undefined ? undefined : readText('--s3-ca-file', s3CaFile),
      keys: keysOf(options, environment),
    };
  if (bucketFlag !== undefined) throw usage('the --s3-… flags describe a bucket', '--repository names none', '--repository s3://BUCKET');
  return repository === undefined ? undefined : { kind: 'folder', path: resolve(repository) };
};
