export * from './access.ts';
export * from './cluster.ts';
export * from './core.ts';
export * from './openshift.ts';
export type * from './resource.ts';
export * from './workloads.ts';
