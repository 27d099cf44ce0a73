import { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageBasedUpgrade } from '@godwit/api';
import { createAuthority, issueCertificate, silentLog, timeOf } from '@godwit/controller';
import { fakeClock } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { deploymentsOf, hostDouble } from '../controller/host-double.fixture.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { draftOf } from '../handler/upgrade-draft.ts';
import { saveLeft } from '../rollback/left-deployment.ts';
import { postPivot } from './post-pivot.ts';

const authority = await createAuthority('site', 400);

/** Gives a stateroot certificates for so many days; resolves to the end of its rollbacks. */
const certify = async (stateroot: string, days: number): Promise<string> => {
  const pki = join(stateroot, 'var/lib/kubelet/pki');
  mkdirSync(pki, { recursive: true });
  const { certificate } = await issueCertificate(authority, { commonName: 'node', hosts: [], usage: 'client', days });
  for (const name of ['kubelet-client-current.pem', 'kubelet-server-current.pem']) writeFileSync(join(pki, name), certificate);
  return timeOf(new Date(Date.parse(new X509Certificate(certificate).validTo) - 30 * 60 * 1000));
};

test('a rollback is possible as long as the release that was left finds valid certificates, whatever else is deployed', async () => {
  const names = ['*rhcos_4.22.0', 'rhcos', 'rhcos_4.21.0'];
  const host = hostDouble(...names);
  await certify(host.staterootPath('rhcos'), 2);
  const until = await certify(host.staterootPath('rhcos_4.21.0'), 9);
  for (const each of deploymentsOf(...names))
    if (each.stateroot === 'rhcos_4.21.0') await saveLeft({ staterootPath: () => host.root }, each, 'rhcos_4.22.0');
  const read = { metadata: { name: 'upgrade' }, spec: { stage: 'Upgrade' } } as ImageBasedUpgrade;
  const clock = fakeClock();
  const upgrade = draftOf(read, { cluster: {} as never, clock, wrote: async () => {} });
  const scope = { host, clock, log: silentLog, upgrade, report: { found: () => {} }, deployments: host.deployments };
  await postPivot.phases[0]?.judge(scope as unknown as StageScope, read);
  expect(upgrade.current().status?.rollbackAvailabilityExpiration).toBe(until);
});
