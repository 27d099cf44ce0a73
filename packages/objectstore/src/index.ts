export type * from './access.ts';
export * from './store.ts';
