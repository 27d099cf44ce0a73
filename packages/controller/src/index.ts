export * from './clock.ts';
export * from './controller.ts';
export type * from './effect.ts';
export type * from './log.ts';
export * from './phase.ts';
export * from './verdict.ts';
