export type * from './common.ts';
export * from './kinds.ts';
