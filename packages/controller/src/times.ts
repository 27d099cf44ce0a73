/** A moment as Kubernetes writes it, in whole seconds: `2030-01-01T10:00:00Z`. */
export const timeOf = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;
