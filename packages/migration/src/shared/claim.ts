import type { Category } from '@godwit/api';
import type { MtcClaim } from '@godwit/controller';

const claimOf =
  (category: Category) =>
  (type: string, reason: string, message: string, items?: readonly string[]): MtcClaim => ({ type, category, reason, message, items });

/** A fault that stops the work and Ready. */
export const critical = claimOf('Critical');
/** A fault that only stops Ready. */
export const error = claimOf('Error');
/** A remark that turns the result of a migration into SucceededWithWarnings. */
export const warn = claimOf('Warn');
/** A precondition that is met. */
export const required = claimOf('Required');
/** Information for readers. */
export const advisory = claimOf('Advisory');
