import type { StageScope } from '../handler/stage-handler.ts';

/** Writes the event that comes before a reboot: type Normal, reason Reboot. */
export const tellOfReboot = ({ cluster, recorder, upgrade }: StageScope, message: string): Promise<void> =>
  recorder.record(cluster, upgrade.current(), [], [{ type: 'Reboot', status: 'True', reason: 'Reboot', message, category: 'Advisory' }]);
