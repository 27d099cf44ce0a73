import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { eventuallyAnswers } from './eventually-answers.ts';

/** A MinIO server of a test: its address, its credentials, and its data folder, in which every folder is a bucket. */
export type Minio = {
  endpoint: string;
  accessKeyId: string;
  secretAccessKey: string;
  makeBucket(name: string): Promise<void>;
  /** Lets everybody read the bucket. */
  publish(bucket: string): Promise<void>;
  stop(): Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

type Access = Pick<Minio, 'endpoint' | 'accessKeyId' | 'secretAccessKey'>;

const publish = async ({ endpoint, ...credentials }: Access, bucket: string): Promise<void> => {
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  const statement = { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
};

/** Starts the given MinIO binary on loopback with an empty data folder. */
export const startMinio = async (binary: string): Promise<Minio> => {
  await access(binary);
  const folder = await mkdtemp(join(tmpdir(), 'godwit-minio-'));
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const [accessKeyId, secretAccessKey] = ['test-access', 'test-secret-key'];
  const env = { ...process.env, MINIO_ROOT_USER: accessKeyId, MINIO_ROOT_PASSWORD: secretAccessKey, HOME: folder, MINIO_BROWSER: 'off' };
  const server = spawn(binary, ['server', join(folder, 'data'), '--address', endpoint.slice('http://'.length), '--quiet'], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await eventuallyAnswers(`${endpoint}/minio/health/ready`);
  return {
    endpoint,
    accessKeyId,
    secretAccessKey,
    makeBucket: async (name) => void (await mkdir(join(folder, 'data', name))),
    publish: (bucket) => publish({ endpoint, accessKeyId, secretAccessKey }, bucket),
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
};
