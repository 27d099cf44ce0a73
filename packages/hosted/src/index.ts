export { controlPlaneNamespace } from './names.ts';
export type { Settings, World } from './world.ts';
