import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import type { SigningRequest } from './signing-request.ts';

const pem = async (subject: string, hosts: readonly string[]): Promise<string> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  x509.cryptoProvider.set(webcrypto as never);
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as never;
  const names = hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }));
  const extensions = hosts.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [];
  return (
    await x509.Pkcs10CertificateRequestGenerator.create({ name: subject, keys, signingAlgorithm: algorithm as never, extensions })
  ).toString('pem');
};

/** What a kubelet asks with; by default the first certificate of the machine w1. */
export type Asked = { subject?: string; hosts?: readonly string[]; signer?: string; username?: string; groups?: string[] };

/** A certificate signing request as the API server shows it. */
export const aSigningRequest = async ({
  subject = 'O=system:nodes, CN=system:node:w1',
  hosts = [],
  signer = 'kube-apiserver-client-kubelet',
  username = 'system:bootstrapper:godwit',
  groups = ['system:bootstrappers'],
}: Asked = {}) =>
  ({
    metadata: { name: 'csr-1' },
    spec: { request: Buffer.from(await pem(subject, hosts)).toString('base64'), signerName: `kubernetes.io/${signer}`, username, groups },
  }) as SigningRequest;
