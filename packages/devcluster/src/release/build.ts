import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildInto } from '../binaries/build-into.ts';
import { findPrograms, type Programs } from '../binaries/programs.ts';
import { cacheFolder, sourceHash } from '../binaries/source.ts';
import { installDebianPackages } from '../debian/install.ts';
import { debianSources } from '../images/debian-sources.ts';
import { type LayerEntry, writeLayer } from '../images/layer.ts';
import { architecture, type Blob } from '../images/oci-documents.ts';
import { createOciLayout, type OciLayout } from '../images/oci-layout.ts';
import { buildRootFileSystem } from '../images/root-file-system.ts';
import type { Progress } from '../progress.ts';
import { imageReferences, releaseMetadata } from './manifests.ts';
import { ETCDCTL_ITSELF, PAYLOAD, PAYLOAD_BASE, type PayloadName, RELEASES, type ReleaseVersion } from './payload.ts';

const NAMES = Object.keys(PAYLOAD) as PayloadName[];

/** Tag of a component's image in the layout and in the registry. */
export const payloadTag = (version: string, name: PayloadName): string => `${version}-${name}`;

/** Tag of a release image in the layout. */
export const releaseTag = (version: string): string => `${version}-release`;

const wantedPrograms = [...new Set(NAMES.flatMap((name) => PAYLOAD[name].programs))];

const buildBase = async (progress: Progress): Promise<string> => {
  const folder = join(cacheFolder(), 'images', `payload-base-${sourceHash([JSON.stringify(PAYLOAD_BASE), architecture()])}`);
  await buildInto(folder, 'Building the Debian layer of the payload images', progress, async (draft) => {
    await installDebianPackages(progress);
    await buildRootFileSystem(PAYLOAD_BASE, await debianSources(), join(draft, 'layer.tar'));
  });
  return join(folder, 'layer.tar');
};

/** Small things of one component that lie over the programs it shares with others. */
const entriesOf = (name: PayloadName): LayerEntry[] => {
  const { names = [], scripts = {} } = PAYLOAD[name];
  const own = Object.entries(scripts).map(([script, text]) => ({ path: `/usr/bin/${script}`, text, mode: 0o755 }));
  return [
    ...names.map((each) => ({ path: `/usr/bin/${each}`, link: 'kubernetes' })),
    ...(scripts.etcdctl ? [{ path: ETCDCTL_ITSELF, link: '../bin/kubernetes' }] : []),
    ...own,
  ];
};

type Layers = (name: PayloadName) => Blob[];

const addLayers = async (layout: OciLayout, draft: string, base: string, programs: Programs): Promise<Layers> => {
  const add = async (name: string, entries: readonly LayerEntry[]): Promise<Blob> => {
    const tar = join(draft, `${name}.tar`);
    await writeLayer(tar, entries);
    const layer = await layout.addLayer(tar);
    rmSync(tar);
    return layer;
  };
  const shared = new Map<string, Blob>();
  for (const name of wantedPrograms) shared.set(name, await add(name, [{ path: `/usr/bin/${name}`, file: programs(name) }]));
  const own = new Map<string, Blob>();
  for (const name of NAMES) if (entriesOf(name).length > 0) own.set(name, await add(name, entriesOf(name)));
  const lowest = await layout.addLayer(base);
  return (name) => [lowest, ...PAYLOAD[name].programs.map((each) => shared.get(each)), own.get(name)].filter((each) => each !== undefined);
};

const addRelease = async (layout: OciLayout, draft: string, layers: Layers, release: ReleaseVersion): Promise<void> => {
  // The label sets the images of two releases apart, as different builds would be.
  const defaults = { Labels: { 'io.openshift.release': release.version } };
  const digestOf = (name: PayloadName): string => layout.addImage(payloadTag(release.version, name), layers(name), defaults);
  const digests = Object.fromEntries(NAMES.map((name) => [name, digestOf(name)])) as Record<PayloadName, string>;
  const tar = join(draft, 'release.tar');
  await writeLayer(tar, [
    { path: '/release-manifests/image-references', text: JSON.stringify(imageReferences(release, digests), null, 2), mode: 0o644 },
    { path: '/release-manifests/release-metadata', text: JSON.stringify(releaseMetadata(release), null, 2), mode: 0o644 },
  ]);
  layout.addImage(releaseTag(release.version), [await layout.addLayer(tar)], defaults);
  rmSync(tar);
};

/** Returns the OCI layout with the images of all releases; builds it first when the cache does not hold it (a minute over built programs). */
export const buildReleases = async (progress: Progress): Promise<string> => {
  const programs = await findPrograms(wantedPrograms, progress);
  const base = await buildBase(progress);
  const recipe = JSON.stringify([PAYLOAD, RELEASES, NAMES.map(entriesOf)]);
  const folder = join(cacheFolder(), 'images', `releases-${sourceHash([recipe, base, ...wantedPrograms.map(programs)])}`);
  return buildInto(folder, 'Building the release images', progress, async (draft) => {
    const layout = createOciLayout(draft);
    const layers = await addLayers(layout, draft, base, programs);
    for (const release of RELEASES) await addRelease(layout, draft, layers, release);
    layout.close();
  });
};
