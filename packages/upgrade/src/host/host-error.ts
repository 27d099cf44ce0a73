/** Something the host could not or must not do: what, why, and the next step of a person. */
export class HostError extends Error {
  override name = 'HostError';
  /** What a person does about it. */
  readonly next: string;
  constructor(what: string, next: string, cause?: unknown) {
    super(`${what}${cause instanceof Error ? `: ${cause.message}` : ''}. ${next}`, { cause });
    this.next = next;
  }
}

/** Gives a failure of the work a name and a next step; a HostError passes as it is. */
export const explained = async <T>(what: string, next: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HostError || (error instanceof Error && error.name === 'AbortError')) throw error;
    throw new HostError(what, next, error);
  }
};
