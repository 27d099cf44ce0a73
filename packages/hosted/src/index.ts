export { controlPlaneNamespace } from './names.ts';
export { ReleaseError } from './release/release.ts';
export { type ReleasesOptions, releasesFrom } from './release/releases.ts';
export type { Settings, World } from './world.ts';
