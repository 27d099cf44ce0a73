import { readFileSync } from 'node:fs';
import type { Access } from '@godwit/kube';
import { stringify } from 'yaml';
import { exitCodes } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';

const refuse = (context: string, why: string, next: string): Failure =>
  new Failure(`context ${context} cannot be handed to the operator of the target`, {
    reason: 'KubeconfigNotSelfContained',
    why,
    next,
    exitCode: exitCodes.refused,
  });

const tokenAdvice = (context: string): string =>
  `a context with a token of its own, for instance from kubectl --context ${context} create token NAME --duration 24h of a ServiceAccount that is bound to cluster-admin`;

/** What the operator could not do in a pod of another cluster: run programs of this machine, read its files. */
const refuseForeign = (context: string, { exec, tokenFile, impersonate }: Access): void => {
  if (exec !== undefined)
    throw refuse(context, `its user runs ${exec.command} to log in, which only this machine can do`, tokenAdvice(context));
  if (tokenFile !== undefined)
    throw refuse(context, `its user has its token in the file ${tokenFile}, which only this machine can read`, tokenAdvice(context));
  if (impersonate !== undefined) throw refuse(context, `it acts as ${impersonate.user}`, 'a context that needs no other user');
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== false));

const certificateOf = ({ certificate, certificateFiles }: Access): { cert: string; key: string } | undefined =>
  certificate ??
  (certificateFiles && { cert: readFileSync(certificateFiles.cert, 'utf8'), key: readFileSync(certificateFiles.key, 'utf8') });

/** A kubeconfig with everything inline for one access; throws a refusal for an access that only works on this machine. */
export const selfContained = (context: string, access: Access): string => {
  refuseForeign(context, access);
  const certificate = certificateOf(access);
  const cluster = given({
    server: access.server,
    'certificate-authority-data': access.ca === undefined ? undefined : base64(access.ca),
    'insecure-skip-tls-verify': access.insecure,
    'tls-server-name': access.serverName,
    'proxy-url': access.proxy,
  });
  const user = given({
    'client-certificate-data': certificate && base64(certificate.cert),
    'client-key-data': certificate && base64(certificate.key),
    token: access.token,
    username: access.basic?.username,
    password: access.basic?.password,
  });
  const name = 'source';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
};
