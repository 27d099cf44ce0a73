/** A migration of a plan as far as suspension asks; `succeeded` does not count for a canceled one. */
export type SuspendingMigration = { running: boolean; stage: boolean; rollback: boolean; succeeded: boolean };

/** Whether discovery of a plan rests: a migration runs, or has moved the applications; newest first, the first that says something decides. */
export const isSuspended = (migrations: readonly SuspendingMigration[], refresh: boolean): boolean => {
  if (refresh) return false;
  if (migrations.some(({ running }) => running)) return true;
  const deciding = migrations.find(({ stage, succeeded }) => !stage && succeeded);
  return deciding !== undefined && !deciding.rollback;
};
