export { createLogger, type Log, printEffects } from '@godwit/controller';
export type { HostedOptions } from './hosted/options.ts';
export { type HostedFlags, hostedOptionsFrom } from './hosted/settings.ts';
export { OPERATOR_LEASE, operatorOf } from './lease.ts';
export { startOperator } from './operator.ts';
export type * from './options.ts';
export { SettingError, settingsFrom } from './settings.ts';
export { type AgentOptions, startAgent } from './upgrade/agent.ts';
export { readingWorld } from './world.ts';
