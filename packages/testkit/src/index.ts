export * from './builders.ts';
export * from './client-for.ts';
export * from './cluster-pair.ts';
export * from './eventually.ts';
export { type FakeClock, fakeClock } from './fake-clock.ts';
export * from './install-crds.ts';
export * from './run.ts';
export * from './test-cluster.ts';
