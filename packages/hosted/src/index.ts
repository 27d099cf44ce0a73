export type { HostedAccess } from './control-plane/hosted-access.ts';
export { createHostedClients, type HostedClientParts } from './control-plane/hosted-clients.ts';
export { hostedControllers } from './controllers.ts';
export { type Rfc2136Options, rfc2136Zone } from './dns/rfc2136.ts';
export { type Ignition, startIgnition } from './ignition/start.ts';
export { controlPlaneNamespace, OPERATOR_NAMESPACE } from './names.ts';
export { ReleaseError } from './release/release.ts';
export { type ReleasesOptions, releasesFrom } from './release/releases.ts';
export type { Settings, World } from './world.ts';
