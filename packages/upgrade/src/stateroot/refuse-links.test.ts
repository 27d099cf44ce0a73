import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { refuseLinks, refuseThroughLinks } from './refuse-links.ts';

const staterootWith = (path: string, make: (at: string) => void): string => {
  const stateroot = mkdtempSync(join(tmpdir(), 'godwit-stateroot-'));
  mkdirSync(dirname(join(stateroot, path)), { recursive: true });
  make(join(stateroot, path));
  return stateroot;
};

const link = (at: string) => symlinkSync('../../../../../var/opt', at);

test.each([
  '/var',
  '/var/lib',
  '/var/lib/lca',
  '/var/opt',
  '/var/opt/openshift',
  '/var/opt/openshift/cluster-configuration',
  '/var/opt/openshift/kubeconfig-crypto',
  '/var/opt/OADP',
  '/var/opt/OADP/secret',
  '/var/opt/OADP/veleroRestore',
  '/var/opt/policy-manifests',
  '/var/opt/extra-manifests',
])('a link in the place of %s is refused, and named', async (path) => {
  await expect(refuseLinks(staterootWith(path, link))).rejects.toThrow(`The seed’s ${path} is a symbolic link, where the upgrade`);
});

test('a file in the place of a folder is refused, too', async () => {
  const stateroot = staterootWith('/var/opt', (at) => writeFileSync(at, ''));
  await expect(refuseLinks(stateroot)).rejects.toThrow('The seed’s /var/opt is a file');
});

test.each(['/var', '/var/opt/openshift/extra-manifests', '/var/lib/lca'])('a true %s is no obstacle', async (path) => {
  await refuseLinks(staterootWith(path, (at) => mkdirSync(at)));
});

test('links elsewhere are the seed’s own matter', async () => {
  await refuseLinks(staterootWith('/var/opt/cni', link));
});

test.each([
  ['through a link', 'etc/evil/lib/x', /unpacked through "etc\/evil", which is a symbolic link/],
  ['over a link', 'etc/evil', undefined],
  ['beside a link', 'etc/evil-not/x', undefined],
])('what is unpacked %s', async (_title, name, refusal) => {
  const going = refuseThroughLinks(staterootWith('etc/evil', link), [Buffer.from('etc/'), Buffer.from(name)]);
  if (refusal === undefined) await going;
  else await expect(going).rejects.toThrow(refusal);
});
