import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { StoreAccess } from '../access.ts';

const CONNECT_MILLISECONDS = 2_500;
const SILENCE_MILLISECONDS = 30_000;
const ATTEMPTS = 3;

/** The client for a bucket: connections are kept, an address that does not answer is given up after about ten seconds in all. */
export const s3Client = (access: Extract<StoreAccess, { kind: 's3' }>): S3Client => {
  const connections = { keepAlive: true, maxSockets: 64 };
  const trust = access.caBundle === undefined ? {} : { ca: [...rootCertificates, access.caBundle] };
  return new S3Client({
    region: access.region || 'us-east-1',
    ...(access.endpoint === undefined ? {} : { endpoint: access.endpoint }),
    forcePathStyle: access.forcePathStyle,
    credentials: {
      accessKeyId: access.accessKeyId,
      secretAccessKey: access.secretAccessKey,
      ...(access.sessionToken ? { sessionToken: access.sessionToken } : {}),
    },
    maxAttempts: ATTEMPTS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MILLISECONDS,
      socketTimeout: SILENCE_MILLISECONDS,
      httpAgent: new HttpAgent(connections),
      httpsAgent: new HttpsAgent({ ...connections, ...trust, rejectUnauthorized: !access.insecure }),
    }),
  });
};
