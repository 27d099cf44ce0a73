import type { Flag } from '../command.ts';

/** The flags that describe a repository; `fallback` tells what is taken when none is named. */
export const repositoryFlags = (fallback = ''): readonly Flag[] => [
  ['--repository <where>', `s3://BUCKET, or a folder of this machine${fallback}`],
  ['--s3-endpoint <url>', 'address of an S3-compatible store; default: AWS'],
  ['--s3-region <region>', 'region of the bucket; default: $AWS_REGION, then us-east-1'],
  ['--s3-ca-file <file>', 'certificates, PEM, that vouch for the store'],
  ['--s3-credentials-file <file>', 'AWS credentials file; default: $AWS_ACCESS_KEY_ID and $AWS_SECRET_ACCESS_KEY'],
];
