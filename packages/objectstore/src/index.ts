export type * from './access.ts';
export * from './open-store.ts';
export * from './read-url.ts';
export * from './store.ts';
